import {languageOf} from './language.ts';

const begins = String.raw`(?:^|[.!?;,…–—]\s*|\s-+\s)`;
const hesitation = String.raw`(?:(?:no|nope|nah|oh|ah|hm+|er|um|well|wait|hang on|hold on|sorry|oops|actually|or rather|rather|but|on (?:second|further|closer) (?:thoughts?|look)|on reflection|come to think of it)[,.!…\s-]+)`;
const stays = String.raw`(?:(?:please |let's |let us |we'll |just |better )*(?:(?:leave (?:it|them|that|everything)|keep (?:it|them|that))(?! (?:suspended|paused|disabled|switched|turned|stopped|closed|private|immutable|on|off|at|in)\b)|forget it|not (?:yet|now|today)|don't|do not|stop|wait|let me (?:check|ask|think|see|verify|confirm|talk|look|sleep)|hold (?:it|off)|never ?mind|skip it)\b|(?:let's|let us) (?:not|wait)\b)`;

/** What takes back the order that stands before it: `actually, don't`, `no wait, leave it`, `just kidding`. */
const english: readonly RegExp[] = [
	new RegExp(`${begins}${hesitation}+${stays}`),
	/\?\s*(?:no|nope|nah)\b/,
	/[.!?;…–—]\s*(?:please |pls )?(?:don't|do not|not yet|let me (?:check|ask|think|verify|confirm|talk)\b[^.]*)\s*[.!]*$/,
	/\b(?:just |only |i'm |was )?(?:kidding|joking)\b|\b(?:only|just) a joke\b/,
	/\b(?:scratch|scrap|strike|belay|cancel|disregard|ignore) that\b/,
	/\b(?:still )?(?:waiting|need to wait) for (?:the |an? |their |his |her |my boss's )?(?:ok|okay|approval|go|go-ahead|green light|sign-?off|permission|confirmation)\b/,
	// `…, so create it suspended`: what follows is meant.
	/\b(?:not|isn't|wasn't|hasn't been) (?:yet )?(?:approved|signed off|decided)\b(?![^.;!?]*,? so (?:please )?(?!don't|do not|hold|wait|leave|skip|not\b)\w)/,
];

const korean: readonly RegExp[] = [
	/(?:^|[.!?…,~]\s*|\s)(?:아|어|음|앗|엇)?[,.…\s]*(?:아니(?:다|야|에요|요|지)?|잠깐만?요?|잠시만요?)[,.…\s]+(?:그냥\s*|일단\s*|역시\s*)*(?:둬|두|놔|냅|내버려|하지\s?(?:마|말)|취소|안\s?(?:할|하)|기다|됐)/,
	/[.!?…~]\s*(?:그냥\s*|일단\s*|역시\s*)*(?:하지\s?(?:마|말)[가-힣]*|둬|두세요|놔둬|냅둬[요]?|관두[가-힣]*|안\s?할래[요]?)\s*[.!~]*$/,
	/농담(?:이|임|입)|(?:은|는|건)\s?됐(?:고|어|습)/,
	/(?:승인|허락|컨펌)(?:을|를)?\s?(?:아직\s?)?(?:기다리|못\s?받|안\s?났)/,
];

/** Whether what stands beside an order takes it back. */
export function isTakenBack(text: string): boolean {
	const plain = text.trim().toLowerCase().replaceAll('’', "'");
	return (languageOf(text) === 'ko' ? korean : english).some(pattern => pattern.test(plain));
}
