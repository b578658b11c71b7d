# A wry statement of a problem with no question, that expects something be done. Enquiry yes
(something needs doing|sort it|sort this|sort it out|sort this out|get it sorted|get this sorted|get it fixed)
(want it sorted|want it fixed|i want it moved|you will know what to do|you'll know what to do|over to you|you see my difficulty|you see the problem)
(i daresay|i leave it with you|leave that with you|leave it with you|in your hands|i look to you|look forward to hearing|looking forward to hearing)
(await your|i await|awaiting your|hope to hear|would like an answer|need an answer|want an answer|wants an answer)
(want answers|expect an answer|expect a reply|expecting a reply|reply by|answer by|respond by|reply please)
(answers please|answer please|your thoughts|thoughts please|views please|comments please|what say you|help)
(help please|please help|can you help|could you help|any help|need your help|needs help|grateful for help)
(your help|your advice|assistance|blocked|broken|smashed|not working|isn't working)
(out of order|out of action|packed up|conked out|bust|knackered|banjaxed|wrecked)
(burst|leaking|flooded|pitch black|no lights|no water|no heating|no bus)
(no driver|no sign of|missing|gone missing|overflowing|been empty since|been off since|been out since)
(been like this since|since christmas|since last week|since monday|since friday|since before)
it (needs|wants|could do with|badly needs)
needs (fixing|sorting|doing|looking|attention|clearing|cutting|moving|emptying|repairing|urgent|somebody|someone|a)
wants (fixing|sorting|doing|looking|clearing|cutting)
needing (done|fixed|cut|sorted|emptied|cleared)
somebody (needs|wants|should|ought|has) to
someone (needs|should|ought|has) to
something (must|needs to|has to|should) be done
look forward to your (reply|response|answer|comments|views|advice)
