# The officer answers for the council and mentions that a member raised it. Negator for on-behalf-of-member
(raised by|brought to our attention by|drawn to our attention by|drawn to my attention by|passed to us by|forwarded by|referred by|following an enquiry from)
(following a request from|following contact from|further to an enquiry|enquiry from|via your councillor|through your councillor|via cllr|has drawn my attention)
(drew my attention|drawn our attention|asked us to look|asked us to look into|asked the council to|asked that we look|on your behalf|we don't act for)
(we do not act for|not able to write for|not able to write to them for you|cannot write on your behalf|can't write on your behalf|can't write for you|cannot write for|better not write)
(has to be in your own name|in your own name|write in your own name|you would need to write)
(cllr|councillor|your councillor|your ward councillor|your local councillor|the ward councillor|the leader|the mayor) (has raised|raised|has drawn|drew|brought|has brought|has contacted|contacted|has passed|passed)
(cllr|councillor|your councillor|your ward councillor|your local councillor|the ward councillor|the leader|the mayor) (forwarded|has forwarded|has written to us|wrote to us|has asked us|asked us|has reported|reported|got in touch|has been in touch)
