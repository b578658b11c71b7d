# Says that the writer acts as a private person. Negator for capacity-unclear
(not wearing my councillor hat|councillor hat off|council hat off|with my resident's hat|with my resident hat|taking my councillor hat off|forget i'm a councillor|forget that i'm a councillor)
(forget i'm on the council|forget that i'm on the council|forget i am on the council|ignore the fact that i'm a councillor|treat me like anyone else|treat me as anyone else|treat me as you would any|no special treatment)
(same as anyone else|like anybody else|as anybody could|plain mr|plain mrs|just mr|just mrs|and nobody else)
(i'm writing as an applicant|i write as a private|writing privately|private matter|from my private address|please reply to my home|reply to my personal|i should be writing from my own)
(i declare an interest|declare an interest|declaring an interest|i have an interest|have declared|pecuniary interest)
(in a|in my|purely in a|purely in my|strictly in a) (personal|private|individual) capacity
(as a|just as a|purely as a|simply as a|only as a|writing as a|here as a|as an ordinary|as any other|like any other|as just another) (private individual|private citizen|private person|resident|householder|tenant|council tax payer|council taxpayer|customer|parent|applicant|neighbour|citizen)
(as a|just as a|purely as a|simply as a|only as a|writing as a|here as a|as an ordinary|as any other|like any other|as just another) (member of the public|ratepayer|leaseholder|driver|motorist|user|father|mother|son|daughter|carer|dad|mum)
not (as|in my capacity as|in my role as|wearing my hat as|writing as) (a |your |the |) (councillor|cllr|member|elected member|mayor|chair|leader)
nothing to do with (me |my |) (being a councillor|being on the council|council role|role as a councillor|council hat|position)
