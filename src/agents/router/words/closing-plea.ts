const deed = '(?:prepare|do|arrange|handle|take care of|see to|look after|set up|sort out|make happen|get ready|organi[sz]e|plan)';
const closing = new RegExp(
	`(?:,|;|\\s[-–—]|[.!?])\\s+(?:so\\s+|and\\s+)?(?:please\\s+)?(?:(?:could|can|would|will) (?:you|u|someone|somebody) (?:please |kindly )?|please )${deed} (?:that|it|this|so)(?: for (?:me|us|today|tonight))?(?: please)?\\s*[?.!]*\\s*$`,
	'i',
);

/** `web goes to 1.2 tonight, could you prepare that?`: the order stands before, and the plea says nothing of it. */
export const withoutClosingPlea = (request: string): string => request.replace(closing, '.');
