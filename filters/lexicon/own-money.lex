# Money of the writer's own or of a party, charity or club, not the council's. Negator for member-legal-obligation
(out of my own|from my own|personally pay|paying myself|i'll pay myself|nothing to do with the council|not the council|not for the council)
(not council money|members' fund|community fund application)
my own (money|account|pocket|cheque|card|firm|company|business|contract|house|builder|order)
our own (money|account|house|builder|order|firm)
pay (it |for it |) myself
my personal (account|cheque|card)
private (order|purchase|contract|arrangement)
for (our|my) (house|own|home|kitchen|garden|shop|farm|wedding|daughter's|mother's|own use)
for the (trust|charity|club|party|branch|association|society|church|church roof|village hall|hall committee|pta|governors|band|choir)
(the trust|the charity|the club|the party|the branch|the association|the society|the pcc|the hall committee|trustees) (will pay|pays|will settle|accepts|agrees|has agreed|would like to order|wants to order|is happy)
as (trustee|treasurer|secretary|chairman|chair) of (the|our)
invoice (the branch|the trust|the club|the charity|the association|me at home|me personally)
ward (pot|budget|fund|grant)
