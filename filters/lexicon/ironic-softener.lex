# Jokes, irony, softeners that mark a thing as not meant. Weak negator
(only joking|just joking|joking|just kidding|kidding|tongue in cheek|tongue-in-cheek|in jest)
(half in jest|i jest|don't mind me|pay me no mind|if only|chance would be a fine thing|in my dreams|dream on)
(no such luck|worth a try|worth asking|nothing ventured|you can but ask|don't ask don't get|if you don't ask|shy bairns)
(cheeky|cheekily|pushing my luck|push my luck|chancing my arm|try it on|trying it on|i know i shouldn't)
(i know you'll say no|you'll probably say no|feel free to say no|say no if|tell me to get lost|tell me to sling my hook|tell me where to go|shoot me down)
(haha|lol)
