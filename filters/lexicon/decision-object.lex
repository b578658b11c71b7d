# A decision, step or paper of officers that somebody could want otherwise. advice-pressure
(the|your|this|that|his|her|these|those) (report|recommendation|recommendations|advice|opinion|assessment|conclusion|conclusions|finding|findings|rating|score|scores|option|options|paragraph|para|section|appendix|risk section|risk rating|figures|numbers|table|valuation|objection|objections|comments|consultation response|site notes|notes|draft|paper|note|memo|legal note|statement|audit|inspection report|refusal|approval|permission|decision|notice|enforcement notice|stop notice|order|closure|prosecution|application|grading)
(officer|officers|officer's|officers'|professional|planning|legal|technical|highways|finance|s151|section 151|monitoring officer's) (recommendation|recommendations|advice|view|opinion|report|judgment|judgement|decision|assessment)
(recommend|recommending|recommended) (refusal|approval|against|closure|option|that|rejection)
(red|amber) (rating|to amber|to green|risk|box|line|flag)
(delegated|delegation|under delegated) (powers|decision|authority|refusal|)
(withhold|pull|withdraw|bury|park|shelve|defer|delay|hold back|sit on|leave out|take out|cut|strip out|tone down|soften|reword|rewrite|change|amend|alter|drop|delete|lose|remove|reverse|flip|turn round|turn around|look again at) (the|your|that|this|it|para|paragraph|those|section|all mention|any mention|any reference)
