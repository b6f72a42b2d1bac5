import type {Clause} from '../clause.ts';
import {workloadKinds} from '../names/kinds-in.ts';
import type {Intent} from '../understanding.ts';
import {spoken} from '../words/spoken.ts';

const english = [
	/\bno (?:more |further )?(?:approvals?|confirmations?|confirmation prompts?)\b(?! (?:is|are|was|were|has|have|yet|needed so far))/i,
	/(?:\b(?:without|no more|never|not|stop|skip|quit)|n't)\b[\w\s,']{0,24}\b(?:ask(?!\s*[.!]*$)|asking|asks|confirm|confirming|confirmation|confirmations|approval|approvals|approving|prompt|prompting|prompts|review|reviewing)\b/i,
	/\b(?:disable|turn(?:ing)? off|switch(?:ing)? off|bypass|remove|drop|suppress|ignore|waive)\b[\w\s]{0,20}\b(?:approval|approvals|confirmation|confirmations|confirm|prompt|prompts|review|reviews|safety)\b/i,
	/\b(?:skip|disable|bypass|omit|drop|remove|avoid|turn off|switch off|leave out|no)\b[\w\s]{0,20}\b(?:plan(?:ning)?|preview|diff|difference|dry[- ]?run)s?\s+(?:step|stage|phase|screen|part|mode|check)s?\b/i,
	/\b(?:approval|approvals|confirmation|confirmations|prompts?|reviews?)\s+(?:off|disabled|unnecessary)\b/i,
	/\bauto-?(?:matically\s+)?(?:approve|approval|accept|confirm)\b/i,
	/\b(?:approve|accept|confirm|say yes to)\s+(?:everything|all|anything|it yourself|them all|every)\b/i,
	/\b(?:consider|treat|regard|count|take|assume)\b[^.;]*\b(?:approved|confirmed|accepted|as (?:a )?yes)\b/i,
	/\b(?:hereby|in advance|blanket|up ?front|beforehand)\b[^.;]*\bapprov\w+|\bapprov\w+[^.;]*\b(?:in advance|up ?front|beforehand|everything|anything|whatever)\b/i,
	/\bauto(?:matically)?[- ]?(?:apply|execute|run|deploy)\b[^.;]*\b(?:everything|all|whatever|anything|changes|plans|from (?:now|here|today))\b|\b(?:everything|all changes|all plans|changes are|whatever i \w+)\b[^.;]*\b(?:appl\w+|run|execut\w+)\b[^.;]*\b(?:automatically|straight ?away|right away|immediately|at once|instantly|directly)\b/i,
	/\b(?:from (?:here|now|today) on|going forward|henceforth|for the rest of)\b[^.;]*\b(?:apply|run|execute|do) (?:all|every\w*|any\w*|whatever)\b/i,
	/\b(?:stop|quit|without|no need for|never) (?:show\w*|present\w*|giv\w*)\b[^.;]*\bplans?\b/i,
	/\b(?:no need|needn't|don't|do not|not|never|stop|without)\b[^.;]{0,16}\bwait\w*\b[^.;]{0,16}\b(?:yes|ok|okay|go-?ahead|approval)\b/i,
	/\bskip (?:the |this |that |all )?(?:plan(?:ning)?|preview|diff|dry[- ]?run)s?\b(?! [a-z]\b)|\b(?:disable|turn off|switch off|no)\b[^.;]{0,12}\bdry[- ]?runs?\b/i,
	/\b(?:don't|do not|without) (?:show\w*|giv\w*|print\w*|produc\w*)(?: me| us)? (?:the |any |a )?(?:plan|diff|preview)s?\b/i,
	/\bapprove (?:it|this|that|them|the plan)(?: for me| yourself| on my behalf)/i,
	/\b(?:answer|say|reply|assume)\b[^.;]{0,12}\byes\b[^.;]*\b(?:every|all|each|prompts?|always|for (?:me|the next|now)|from now)\b/i,
	/(?:^|\s)(?:--yes|-y|yes to all|yolo(?: mode)?)(?:[\s:,.!]|$)/i,
	/\b(?:turn(?:ing)? off|switch(?:ing)? off|disable|stop|suspend|pause|skip|bypass|delete|wipe|clear|erase|kill|without|leave out)\b[\w\s,']{0,24}\baudit(?:s|ing)?(?: (?:trail|logs?|logging|records?|entry|entries))?\b|\baudit(?:ing)?(?: \w+)? off\b/i,
];

const korean = [
	/(?:승인|확인|컨펌|검토|허락|결재)\s*(?:단계|절차|과정|창|요청)?\s*(?:은|는|을|를|도|이|가)?\s*(?:없이|끄|꺼|생략|건너|빼|무시|해제|필요\s*없|안\s*해도|하지\s*마|비활성|묻지)/,
	/(?:(?:승인|결재|컨펌)\s?(?:절차|단계|과정|창)?|(?:확인|검토|계획)\s?(?:절차|단계|과정|창))[^.!?]{0,30}(?:꺼|끄고|생략|건너|없애|귀찮)/,
	/(?:묻지|물어보지|확인하지|되묻지)\s*(?:도\s*)?(?:말고|마|않)/,
	/감사\s*(?:로그|기록|추적|로깅)?[^.!?]{0,16}(?:꺼|끄|중지|멈[춰추]|삭제|지우|지워|비활성|남기지|없애|빼)/,
	/(?:승인|확인|허락|컨펌|결재)\s?(?:은|는|을|를)?\s?(?:안|못)\s?(?:물|묻|받|거치|구하)|(?:승인|확인|허락|컨펌|결재)\s?(?:을|를)?\s?(?:받|구하|거치)지\s?(?:말|않|마)/,
	/(?:앞으로|이제|이제부터|지금부터|매번|일일이|항상|오늘은|전부|모두|다)\s[^.!?]*자동(?:으로)?\s?(?:반영|적용|실행|배포|처리|진행)|자동\s?(?:반영|적용|실행|승인)\s?모드/,
	/(?:미리\s?보기|계획|디프|diff|프리뷰)(?:은|는|을|를|도)?\s?(?:없이|생략|건너|안\s?보[여고]|보여주지\s?(?:말|마|않))/i,
	/안전\s?(?:장치|검사|점검|모드)\S*\s?(?:꺼|끄|해제|무시|없애|빼)|(?:대신|알아서|네가|니가)\s?승인/,
	/승인(?:된|한)\s?(?:걸|것|거)(?:으)?로/,
	/자동(?:으로)?\s*승인|알아서\s*승인|(?:전부|모두|다)\s*승인/,
];

/** `I am not deleting it, just asking` */
const onlyAsking = /\b(?:just|only|simply|merely) (?:asking|ask)\b|\basking (?:for (?:a |my )\w+|first)\b/gi;

/** Approval belongs to the person, plan by plan: no words switch it off. */
export const refuseApprovalOff: Intent = {
	name: 'refuse to switch approval off',
	async understand(clause, world) {
		// A workload may be called `reviews`.
		const names = new Set((await Promise.all(workloadKinds.map(kind => world.objects(kind)))).flat().map(({metadata}) => metadata.name));
		const text = clause.text.replace(onlyAsking, ' ').replace(/[a-z][a-z-]+/g, word => (names.has(word) ? '_' : word));
		const asks = (clause.language === 'ko' ? [...korean, ...english] : english).some(pattern => pattern.test(text));
		return asks && !isOther(clause) ? {kind: 'refusal', why: why(clause)} : undefined;
	},
};

/** A workload whose name or task is a review or a prompt. */
const isOther = (clause: Clause) => spoken(clause, 'why which what') && /\?\s*$/.test(clause.text);

const why = ({language}: Clause) =>
	language === 'ko'
		? '승인과 감사 기록은 대화로 끌 수 없습니다. 변경마다 계획을 보여주고 사람의 승인을 받습니다. 반복되는 일은 범위를 정한 허가로 줄일 수 있습니다: mkcoa grants add --help'
		: 'Neither approval nor the audit trail can be switched off in a conversation: every change is shown as a plan and waits for your yes. For what repeats, give a grant with limits: mkcoa grants add --help';
