# Only for the reader to know; nothing to do. hands-over and enquiry readings
(for information|for your information|for info|fyi|for your awareness|for awareness|for noting|to note|for your records|for the file|for the record|for background|for reference)
(for information|info) only
(no|nothing) (action|reply|response|answer|work) (needed|required|necessary|from you|for you|is needed|is required|on your part|at your end)
(just|only) (so|to let|to keep|to make) (you|that you) (know|are aware|have it|in the loop|aware|in the picture|sighted|posted)
(so|so that|just so) (you|that you|you're|you are) (know|are aware|aware|sighted|have it|in the loop|in the picture)
(to|for) (keep you|keeping you) (in the loop|in the picture|sighted|informed|posted|up to date)
(i'm|i am|i have|i've|we are|we're|we have) (already |now |) (dealing|dealt|handling|answering|replying|replied|answered) (with|this|it|to)
(you don't|you do not|you needn't|no need to|you need not|don't) (need to |) (do|reply|act|answer|respond) (anything|)
(copied|copying you|cc'd|copied in|copying you in) (for information|so|in case|out of courtesy|as|because)
(heads up|heads-up|head's up|thought you should|thought you'd|thought you would|you might|you may) (like to know|want to know|know|see this|be interested|wish to know|want to see)
