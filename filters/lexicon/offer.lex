# The writer offers to do or give something to the reader. Speech act; political-purpose, favour-seeking, media-contact, group-meeting-request
(help yourself|count on me|my pleasure|on the house|free of charge|no charge|mates rates|mates' rates)
(happy|glad|pleased|delighted|willing|content|more than happy|only too happy|perfectly happy|quite happy|very happy|chuffed) to (do|help|run|print|lend|come|attend)
(happy|glad|pleased|delighted|willing|content|more than happy|only too happy|perfectly happy|quite happy|very happy|chuffed) to (give|share|send|provide|speak|drop|pop|swing)
(happy|glad|pleased|delighted|willing|content|more than happy|only too happy|perfectly happy|quite happy|very happy|chuffed) to (talk|put|sort|take|arrange|assist|oblige)
(happy|glad|pleased|delighted|willing|content|more than happy|only too happy|perfectly happy|quite happy|very happy|chuffed) to (have|draft|write|meet|be|let|chat|go)
(i|we) (can|could) (run off|print|run|knock up|knock out|knock|lend|get|let you|give you|sort|do you|put you|send you|slip|squeeze|spare|drop|bring|fetch|free up)
(i|we) (can|could) (release|draft|write|lay on|come along|pop|arrange|book|offer|find|move|take you|take them|talk you|set|put together|have it|have them|fit|bump|dig out|pull)
(i'll|we'll|ill) (run off|print|run|knock up|knock|lend|get|let you have|give you|sort|do you|put you|slip|squeeze|spare|drop|bring|fetch|free up|release|draft|write|lay on|come along|pop|arrange|book|find|move|come in|leave|bung|stick|do it|do them|have it|have them|see you right|see what i can do|put a word|have a word|open up|unlock|set)
(shall|should|will) (i|we) (run|print|get|book|put|do|send|arrange|draft|bring|have|ask|set|knock|give|come|drop)
(want|like|need) me to
would you like (me|us) to
do you want (me|us|one of|somebody)
if you (want|like|need|fancy|wish) (i|we|i'll|we'll|me|any|a|it|them|some|help|more)
(just|) say the word
just (ask|shout|holler|give me a shout|let me know|drop me a line|ring|whistle)
give (me|us) a shout
feel free to (use|borrow|take|come|ask|have|help|call|contact|print|quote|run|share)
you're (welcome|very welcome|more than welcome) to
you (are|would be) welcome to
(is|are|it's|they're) yours (if|for|till|until|on|whenever|any time|sat|sun|from)
yours (for the asking|if you want|for the day|for the weekend|for the evening|whenever)
no (bother|trouble|problem|probs|problem at all|trouble at all|hassle|sweat) (to|at all|i'll|we'll|i can)
no need to (hire|pay|book|buy|ask|use an agency|go outside)
leave (it|that|this|them|it all) (with|to) me
(i could always|i could easily|i could quietly|i could just|i could possibly|i could probably|i could ask|i could see|i could have|i could put)
(i could do|i could come|i could give)
i'd be (happy|glad|delighted|willing|very happy|more than happy|only too pleased) to
we'd be (happy|glad|delighted|willing|very happy|more than happy|only too pleased) to
at your (disposal|service)
(let me do|let me sort|let me run|let me print|let me get|let me put|let me take|let me handle|let me see what)
as a favour (to|for) you
for (you|yourself) (i'll|i can|i could|anything|no charge|free)
nobody (will|would|need|needs to|has to) (know|notice|mind|miss|see|ask)
no one (will|would|need|needs to|has to) (know|notice|mind|miss|see|ask)
