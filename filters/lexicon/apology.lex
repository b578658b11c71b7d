# Takes back or regrets own words. Negator for discourtesy
(i|we) (apologise|apologize|am sorry|was wrong|was rude|spoke out of turn|take it back|take back|withdraw|regret|shouldn't have|should not have|ought not to have|went too far|overstepped|lost my temper|let myself down|owe you an apology)
(my|our|sincere|full|unreserved) (apology|apologies)
(no excuse|that's no excuse|uncalled for|out of order of me|not how i should|said in anger|heat of the moment|you didn't deserve|disgraceful of me)
