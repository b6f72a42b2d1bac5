const deed = '(?:prepare|do|arrange|handle|take care of|see to|look after|set up|sort out|make happen|get ready|organi[sz]e|plan)';
const closing = new RegExp(
	`(?:,|;|\\s[-–—]|[.!?])\\s+(?:so\\s+|and\\s+)?(?:please\\s+)?(?:(?:could|can|would|will) (?:you|u|someone|somebody) (?:please |kindly )?|please )${deed} (?:that|it|this|so)(?: for (?:me|us|today|tonight))?(?: please)?\\s*[?.!]*\\s*$`,
	'i',
);

/** `제한이 없는 게 있나요? 있으면 이름 부탁드려요.`: the answer names them anyway. */
const ifThere =
	/(?<=[?까요]\s?\?)\s*(?:혹시\s)?있(?:으면|다면)\s(?:이름|목록|어떤\s?건지|뭔지|무엇인지|다)(?:만|을|도|이라도|까지)?\s?(?:좀\s)?(?:알려|말해|적어|보여)?\s?(?:줘요?|주세요|주실래요|부탁해요?|부탁드립니다|부탁드려요)[.!?]*\s*$/;

/** `web goes to 1.2 tonight, could you prepare that?`: the order stands before, and the plea says nothing of it. */
export const withoutClosingPlea = (request: string): string => request.replace(closing, '.').replace(ifThere, '');
