# Praise of staff. Negator for staff-matter, discourtesy; also social
(praise for|please thank|pass on my thanks|pass on our thanks|pass my thanks|pass on the thanks|tell them thank|a credit to)
(did a great job|did a grand job|great job|grand job|cracking job|sterling work|sterling job|brilliant job)
(fantastic job|excellent work|wonderful work|good work|hard work|went above and beyond|above and beyond|extra mile)
(second to none|couldn't have been more helpful|could not have been more helpful|so helpful|very helpful|most helpful|really helpful|polite and helpful)
(kind and patient|a star|absolute star|deserves a medal|deserve a medal|pat on the back|well done|hats off)
(tip of the hat|compliment|compliments to|commend|commendation|impressed by|impressed with|very impressed)
(delighted with|pleased with|chuffed with|full of praise|nothing but praise|long service award|employee of the month|staff awards)
thank (him|her|them|your team|the team|the lads|the crew|your staff|the staff) (for|from)
tell (him|her) thanks
credit to (the|your)
went out of (his|her|their) way
worth (his|her|their) weight
nominate (him|her|them) for
