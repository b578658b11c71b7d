# Adverse treatment of a named person wanted. favour-seeking
(lean on|have a word with|visit or two|send the inspectors|send the inspector|send environmental health|send trading standards|set the dogs on)
(call the dogs|round there every week|put the frighteners|put pressure on|put the squeeze on|turn the screw|find something wrong|find something)
(find a reason to|find fault|find a breach|throw the book|fine tooth comb|fine-tooth comb|drag your feet|drag it out)
(let it lie until the last|until the last day|slow it down|go slow|slow-walk|bottom of the pile|bottom of the list|find the going sticky)
(going sticky|hit a snag|run into difficulties|get the message|till he gets the message|until he gets the message|taught a lesson|make an example)
(generally decides to|persuade the applicant|lean on the applicant|get the applicant to|tell the applicant)
pay (him|her|them) a visit
turn (him|her|them|it) over
make life (difficult|hard|awkward|uncomfortable) for
make it (difficult|hard|awkward) for
make (him|her|them) (wait|sweat|pay|move|understand|see sense|think again)
give (him|her|them) (a hard time|grief|trouble|the runaround|a bad time)
go through (his|her|their) (books|papers|records) with
put (his|hers|theirs|it|them) at the bottom
teach (him|her|them) a lesson
refuse (his|her|their)
turn down (his|her|their)
block (his|her|their|it)
pull (his|her|their) (licence|grant|permit|funding|contract)
revoke (his|her|their)
stop (his|her|their) (grant|benefit|licence|funding|money)
cut off (his|her|their)
evict (him|her|them)
get (him|her|them) (out|evicted|moved|off|sacked|closed down|shut down)
shut (him|her|them) down
close (him|her|them) down
keep (him|her|them) (out|off)
persuade (him|her|them) to (sell|withdraw|drop|move|give up)
ticket (his|her|their) (car|van|cars)
target (him|her|them)
# inspectors, wardens, bailiffs set on somebody
(set|put|loose|unleash) (your|the) (wardens|inspectors|bailiffs|enforcement|dogs|parking|hygiene people|food people|noise people|licensing people|planners|auditors|fraud team|trading standards) (on|onto|at) (him|her|them|that|the|my|his|number)
(every|each|twice a) (week|day|month|morning|saturday|night) (until|till|'til) (he|she|they) (gets|get|gives|give|learns|learn|moves|move|sells|sell|closes|close|leaves|leave|is gone|are gone|packs|pack|shuts|shut|understands|understand|takes|take)
(he|she|they|that family|that lot|that man|that woman|the landlord|the owner|this fellow|that fellow|our friend) (needs|need|wants|could do with|deserves|deserve|is due|is overdue) (taking down|taught|a visit|a lesson|bringing down|a good look|a close look|a proper inspection|turning over|a fright|a scare|a going over|a reminder who|a spot check|a surprise visit|a shock|his wings|a tax|an inspection|putting in his|putting in her)
(don't|do not|no need to|never|not) (renew|give|grant|pay|award|let|help|house|sell|rent|approve|pass|invite|offer) (his|her|him|them|their|that man|that woman|that family|that lot|it to him|it to her|it to them) (licence|permit|grant|a thing|anything|another|any more|lease|contract|the|a|have|get|plot|stall|pitch|tenancy|near|through|in)
(lose|mislay|sit on|slow|slow down|hold up|knock back|bounce|reject|stall|hang on to|misplace|go slow on|drag out|take your time over|take your time with|be slow with|be awkward about|pick holes in|go through) (his|her|their|that man's|that woman's|the company's|the firm's|the applicant's|that firm's|that lot's|his next|her next|their next|every paper of) (application|form|forms|licence|permit|claim|appeal|grant|renewal|order|payment|invoice|invoices|papers|bid|plans|file|request|paperwork|with a)
(see|make sure|see to it|ensure|fix it so|arrange|mind) (that|) (he|she|they|that one|that firm|that man|that woman|his|hers|theirs|their application|his application|her application) (doesn't get|don't get|does not get|never gets|never get|gets nothing|gets turned down|gets refused|gets a visit|gets visited|gets inspected|gets fined|gets a ticket|is refused|is turned down|is passed over|are passed over|goes to the bottom|goes last|comes last|is last|doesn't win|does not win|loses|lose|waits|wait|stays at|feels|feel|isn't renewed|fails|fail)
(bottom|back|foot|tail) (of|) (the|your) (pile|heap|list|queue|stack|drawer) (for|with|and|where|till|until|is|would|please|as|he|she|they)
(a warning|a shot across|shot across|a lesson|an example|a message) (to|of|for) (the others|the rest|anyone else|him|her|them|his|the lot of)
