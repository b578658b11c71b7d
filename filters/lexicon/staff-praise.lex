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
# comings and goings
(my|tomorrow is my|friday is my|today is my|it's my|her|his) last (day|week) (with the council|at the council|is|in the office|here|on friday|tomorrow|today|will be|before i retire|before retirement|and i)
(leaving do|leaving drinks|leaving party|leaving present|leaving card|farewell lunch|farewell drinks|retirement do|retirement party|has retired|is retiring|retires on|retires in|new starter|joins the team|joins us|has joined the|it's been a pleasure|it has been a pleasure|maternity cover|covering for her|covering for him|post is being covered|my cover is|on maternity leave|on paternity leave|on annual leave|back from leave|his successor|her successor|my successor)
