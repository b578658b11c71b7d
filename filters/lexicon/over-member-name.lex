# A council letter is to go out over a member's name. official-letter-in-member-name, member-legal-obligation
(in|over|under|above) (your|his|her|the member's|the councillor's|the leader's|cllr|the cabinet member's|the portfolio holder's|the portfolio holder|the mayor's|the chair's|members') (own |) (name|signature|names|hand|e-signature)
(go|goes|going|went|gone|come|comes|coming|sent|send|put it|put them|put out|issued|emailing|posting) (out |) (over|under|as from|from|in) (you|your name|yourself|him|her|his name|her name|the member|the councillor|the leader|the portfolio holder|the cabinet member|the chair|cllr|councillor) (rather|instead|not|and|as|with|,|on|tonight|tomorrow|at)
(signed|to be signed|for signing|signature) (by|of|from) (you|yourself|cllr|councillor|the member|the leader|the mayor|the chair|the portfolio holder|the cabinet member)
(for|needs|need|with|add|put|using|pop|has|wants) (your|his|her|cllr|the leader's|the member's) (wet |electronic |e-|) (signature|sign-off and signature)
(as|so it's|so it is|reads as|looks) (from|if from|coming from) (you|yourself|the member|the councillor|the ward member|cllr|councillor)
(land harder|read it more|listen to you|better coming|sound better|carries more weight|take more notice|take no notice of) (over|from|with|if|in|your|than|us|facilities|officers)
(swapped the bottom|change the bottom|changed the signature block|swap the signature|your name at the bottom|your name at the foot|your name on it|your name on the bottom|instead of ours|rather than mine|rather than ours|rather than me|not mine|my name only)
(letter|draft|notice|wording|text|reply|response) (is |) (for you to sign|for your signature|for signature|ready for you to sign|to sign)
