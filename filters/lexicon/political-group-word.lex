# Words for parties, groups and their leaders, whips and offices in general. Many rules
(administration group|ruling group|ruling party|controlling group|majority group|minority group|minority administration|coalition group)
(the administration|group leader|group leaders|group whip|group office|whip's office|chief whip|leader of the opposition)
(opposition leader|party hq|party headquarters|regional office of the party|central office|head office of the party|party machine|regional party)
(national party|local party|the local party|branch party|our party|my party|your party|his party)
(her party|their party|the party|party-political|party political|political party|political parties|party politics)
partisan
