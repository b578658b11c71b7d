# Routine member administration: claims, parking, equipment, training dates. Neither political nor sensitive
(expenses form|expense claim|expenses claim|claim form|members' allowance|members' allowances|allowances scheme|register of interests)
(declaration of interests|disclosable pecuniary|gifts and hospitality|hospitality register|parking permit for members|members' car park|new phone|phone upgrade)
(new laptop|laptop ready|charger|docking station|password reset|it helpdesk|it help desk|service desk)
(multi-factor|authenticator|vpn|lanyard|id badge|pass photo|dbs check|induction)
(pigeonhole|tea and coffee|seating plan|webcast|hybrid meeting|modern.gov|mod.gov|agenda papers by post)
(paper copies|printed agenda|dispensation|substitute|substitutes|appointments to outside bodies|outside body|outside bodies)
(civic diary|chain of office|mace|town twinning)
mileage (claim|claims|form|rate)
reset (my|your) password
