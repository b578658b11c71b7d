# Ordinary review, appeal, explanation or equal treatment. Negator for favour-seeking
(appeal|appeals|formal appeal|right of appeal|how to appeal|how do i appeal|how can she appeal|appeal form)
(appeal process|appeals panel|appeal panel|review|ask for a review|request a review|reviewed|suitability review)
(internal review|independent review|formal representation|formal representations|representations|challenge the pcn|informal challenge|adjudicator)
(traffic penalty tribunal|valuation tribunal|ombudsman|complaints procedure|complaints process|stage one complaint|stage 1 complaint|usual process)
(usual procedure|normal process|normal procedure|ordinary process|ordinary way|in the ordinary way|in the normal way|in the usual way)
(through the proper channels|proper channels|due process|in turn|in its turn|take its turn|takes its turn|wait its turn)
(wait her turn|wait his turn|like everyone else|like everybody else|like anybody else|same as everyone|on its merits|on the merits)
(treated the same|no special treatment|no favours|not asking for favours|not asking for any favours|not asking for special|not a favour|not asking you to cancel)
(not asking that she|not asking that he|not asking anyone to|not asking you to bend|don't ask you to bend|not asking to jump|not asking to be moved|doesn't want to jump)
(don't want any special|don't want special|just an explanation|an explanation of|explain the decision|explain how|explain why|how the points)
(how are the points|how is the banding|how the banding|how long is the list|how long will it|how long is the wait|what stage|what's the position)
(update on|criteria|the criteria|allocations policy|allocation policy|the policy allows|change of circumstances form|what evidence)
how does (he|she) appeal
where does (she|he) (send|appeal)
not asking for (her|him|them) to jump
don't want (her|him|them) to jump
where is (she|he|it) (on|in) the
what does (she|he|it) need
