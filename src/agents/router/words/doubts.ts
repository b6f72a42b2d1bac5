import {languageOf} from './language.ts';
import {isTakenBack} from './taken-back.ts';

const deed =
	'(?:\\w{3,}ing\\b|restart|reboot|bounc|delet|remov|scal|roll|drain|cordon|chang|updat|upgrad|deploy|downgrad|patch|creat|suspend|stop|kill|wip|purg|drop|resiz|switch)';

/** What takes an order back that stands beside it, leaves a choice in it, or says that it is not decided yet. */
const english = [
	/\b(?:maybe|perhaps|possibly|i guess|or so i think)\s*[.?!]*$/,
	/\bhold\s+(?:off|your|on(?!\s+to))\b|\bnever\s?mind\b|\bforget\s+(?:it|that|about)\b|\bscratch\s+that\b|\bchanged?\s+my\s+mind\b|\bon\s+second\s+thoughts?\b|\bfalse\s+alarm\b/,
	new RegExp(
		`\\b(?:cancel|abort|call off|forget|scratch|disregard|skip|postpone|put off|refrain from|avoid|delay|ignore|retract|withdraw)\\b[:,]?\\s+(?:(?:the|that|my|this|about|on|any|our|last|of|request|order|to|for|planned|pending)\\s+)*${deed}`,
	),
	/^(?:cancel|abort|scratch|ignore)\s*[:,;]/,
	/\b(?:not|never|isn't|aren't|hardly)\s+(?:\w+\s+)?(?:sure|certain|convinced|confident|decided)\b|\b(?:unsure|uncertain|undecided|debating|pondering|hesitating)\b/,
	/\b(?:can't|cannot)\s+decide\b|\b(?:no idea|don't know|do not know|dunno)\s+(?:if|whether)\b/,
	/\b(?:probably|supposedly|presumably)\b/,
	// `apparently it has no endpoints` tells what is seen, `apparently it should go` what somebody wants.
	/\b(?:apparently|allegedly|reportedly)\b(?:\s*[.?!]*$|[^.;]*\b(?:should|must|needs?|ought|has to|have to|wants?|supposed)\b)/,
	/\bhowever (?:many|much|high|low)\b|\b(?:to|by|at|on|with) (?:(?:whatever|whichever)(?! (?:\w+ ){0,2}(?:ran|was|were|had|came|worked|used)\b)|as (?:many|much|few) (?:\w+ )?as (?:you|we|they|is|are|it takes|necessary|needed|possible|\w+ (?:wants?|needs?|likes?|asks?)))\b/,
	/\bor\s+(?:maybe\s+|perhaps\s+|rather\s+)?(?:not|keep|leave|wait|should)\b|\b\d+\s+or\s+\d+\b/,
];

const korean = [
	/취소|보류(?!.*해제)|철회|그만\s?(?:둬|두|해)|관둬|(?:^|[,.]\s*)(?:아니\s|이제\s)?됐어(?=[\s,.!]|$)|없던\s?(?:일|걸)/,
	/필요(?:는|가|도|까지)?\s?(?:는|가)?\s?없(?!으니|어서|으므로|어졌|는데|는|을|고)|(?:안|않)\s?(?:해|하|아|어)도\s?(?:돼|되|괜찮|될)|지\s?않아도/,
	/말까|고민|확신|확실하지|확실치|망설|생각\s?중|애매|또는|혹은|아니면/,
];

/** `마지막 롤아웃 취소해줘`: a rollback, and nothing taken back of what was asked. */
const undoing =
	/(?:방금|아까|마지막|최근|직전|이번)\s?(?:에\s?)?(?:한\s?|나간\s?)?(?:배포|롤아웃|릴리스|업데이트)(?:한\s?(?:거|것)|를|을|는|은)?\s?취소|(?:배포|롤아웃|릴리스|업데이트)(?:한\s?(?:거|것|건))?(?:를|을|는|은)?\s?취소(?:하고|해서|한\s?다음)(?=.*(?:이전|직전|예전|리비전|롤백|되돌))/;

/** `이제 필요 없음`: of a thing, and no reason against the deed; `지울 필요 없어` is one. */
const unneeded = /(\S)\s+(?:이제\s|더\s?이상\s|더는\s)?필요(?:는|가|도)?\s?없[가-힣]*/g;
const endsInRieul = (syllable: string) => (syllable.charCodeAt(0) - 0xac00) % 28 === 8;

/** Whether something beside an order weakens it so that nothing of it may be done. Whether there is an order at all is told by `givesOrder`. */
export function doubts(text: string): boolean {
	if (isTakenBack(text)) return true;
	if (languageOf(text) === 'ko')
		return korean.some(pattern =>
			pattern.test(text.replace(undoing, '롤백').replaceAll(unneeded, (found, before: string) => (endsInRieul(before) ? found : before))),
		);
	const plain = text.trim().toLowerCase();
	return english.some(pattern => pattern.test(plain));
}
