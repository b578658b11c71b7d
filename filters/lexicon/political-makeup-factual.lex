# Factual mention of parties, control or votes. Negator for party-publicity
(political balance|political make-up|political makeup|political composition|political control|political proportionality|no overall control|number of seats)
(seat allocation|proportionality|allocation of seats|state of the parties|make-up of the council|composition of the council|election results|results of the election)
(elected unopposed|candidates standing|list of candidates|statement of persons nominated|the amendment fell|the amendment was|the motion was|the motion fell)
(amendment was lost|amendment was carried|motion was carried|motion was lost|moved by|seconded by|voted against the motion|voted for the motion)
(voted for the amendment|voted against the amendment|abstained|abstentions|recorded vote|named vote|the vote was|carried by)
(lost by|councillor for|member for)
leader of the (labour|conservative|green|lib dem|liberal democrat|snp|opposition|independent|plaid|dup) group
