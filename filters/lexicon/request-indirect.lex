# The writer asks in a polite, roundabout or elliptical way. Speech act; all rules, enquiry
(any chance|is there a way|would you mind|am i ok to|a lend of|a loan of|would appreciate|much obliged)
(is|would) there (be|) any (chance|way|possibility|prospect|hope)
(would|wd|might) it be (possible|ok|okay|alright|all right|feasible|too much|a lot of trouble|an imposition)
(is it be possible|is it possible|would it possible)
do you mind (if|printing|running|doing|having|sending)
would you be (able|willing|so kind|so good|good enough|kind enough|up for|happy|prepared|free|available|game|content)
(would your team be able|would somebody be able|would someone be able)
could you (possibly|perhaps|maybe|see your way|find it|spare|manage|squeeze|stretch|oblige|help|just)
see your way (clear|) to
be so (good|kind) as to
if you (would|could) (be so good|be so kind|be kind enough|be good enough|kindly|please|possibly|just|see your way|find|spare|let|oblige)
if you (could|cd|can|cud|wouldn't mind|don't mind|wd|wld|get a minute|get a chance|have a moment|have a minute|have time)
(i|we) (would|should|shall|will) be (most|very) (grateful|obliged|glad|appreciative) (if|for)
(i|we) (would|should) be (so|really|) (grateful|obliged|glad|appreciative) (if|for)
(i|we) (shall|will) be (so|really|) (grateful|obliged|glad|appreciative) (if|for)
(i'd|we'd) be (most|very|so) (grateful|obliged|glad|pleased|thankful) (if|for|to|of)
(i'd|we'd) be (ever so|really|) (grateful|obliged|glad|pleased|thankful) (if|for|to|of)
(grateful|obliged|appreciate it|much appreciated) if
(i|we|i'd|we'd) (would|) (really|much|very much|) appreciate
(i|we) (wonder|wondered|was wondering|were wondering|am wondering) (if|whether)
(i'm|we're|just) wondering (if|whether)
wonder (if|whether) (you|there|it|we|i|someone|somebody|one of)
(could|cd|can) do with
would be (grand|great|lovely|brilliant|good|handy|ideal|perfect|champion|fab|marvellous|smashing|wonderful|fantastic|magic|braw|super|useful|helpful|nice|appreciated|very welcome) if
it would be (a|such a|of) (great|real|big|huge|enormous|) (help|kindness|favour|assistance|service|relief|treat|boon)
it would (help|mean|be) (me|us|a lot|a great deal|enormously|tremendously|so much|hugely|greatly)
it'd be (great|good|grand|lovely|handy|useful|nice|brilliant|a help|a big help|a great help|a real help)
(i'd|i would) (take|regard|consider) it as a (kindness|favour|personal kindness|personal favour|great kindness)
do (me|us) a (favour|favor|wee favour|big favour|good turn|kindness|solid)
(need|want|wanted|ask|after) a (wee|small|quick|little|big|cheeky|) favour
(small|quick|wee|little|cheeky|tiny|big) (favour|ask|request)
(a|one) favour to ask
fancy (doing|running|coming|giving|a)
how about (you|we|doing|getting|putting|a)
what about (you|me|doing|getting|putting|a|having)
don't suppose (you|there|your|anyone|someone|i)
(i|we) don't suppose
i (was|am|had been) hoping (you|that|to|for|your|someone|somebody|we)
(i'm|we're|we were|was) hoping (you|that|to|for|your|someone|we|it)
i hope you (can|might|will|could|would)
(i|we) (rather|did|) hoped (you|that|it|we)
perhaps (you|someone|somebody|your|one of|we) (could|might|would|can)
maybe (you|someone|somebody|your|one of|we) (could|might|would|can)
might (you|someone|somebody|your|one of your|they|she|he|it|we|i)
(who|whom) (do|should|would|could|can) i (ask|speak to|see|talk to|ring|need)
who can (do|help|get|run|lend|sort)
can it be (done|arranged|managed|fixed|put|got|moved)
could it (be|not be|find|go|come|just)
could (they|she|he|we|the|that|these|those|this) (be|go|have|not|come|do|run|get|also|just|possibly|please)
is it (ok|okay|alright|all right) (if|to|for)
is (anyone|anybody|somebody|someone|one of the lads|your team) (free|available|able|around|about|going)
any of (your|the) (lads|team|staff|people|girls|boys|folk|apprentices) (free|available|about|able|spare|around)
lend (me|us) (a|the|your|some|one)
(could i borrow|could i have|could i use|could i get|could i trouble|could i lean on|could i prevail|could i tap|could i pinch|could i nab)
(could i scrounge|could i beg|could we borrow|could we use|could we trouble|could we lean on|could we prevail|could we tap|could we pinch|could we nab)
(could we scrounge|could we beg)
can (i|we) (borrow|pinch|nab|scrounge|bag|grab|trouble|beg)
(might|may) i (borrow|ask|trouble|have|prevail|beg|impose|request|use|suggest)
prevail (upon|on) you
trouble you (for|to)
put (me|us) down for
i leave it (with|to) you
be a (pal|love|star|dear|sport|darling|sweetheart|good chap|good lad|gem)
there's a (good chap|dear|love|good lad|pint in it|drink in it|bacon roll in it)
i (wouldn't|would not) say no to
i'd be (happy|happier|content|delighted|chuffed) (if|for|to see)
it (wants|needs) (to|doing|putting|moving|changing|sorting|fixing|a|looking|cutting|clearing|taking)
(they|these|those) (want|need) (doing|printing|moving|sorting|fixing|folding|cutting|posting|delivering)
