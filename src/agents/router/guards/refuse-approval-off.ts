import type {Clause} from '../clause.ts';
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
	/(?:^|\s)(?:--yes|-y|yes to all|yolo)(?:\s|$)/i,
	/\b(?:turn(?:ing)? off|switch(?:ing)? off|disable|stop|suspend|pause|skip|bypass|delete|wipe|clear|erase|kill|without|leave out)\b[\w\s,']{0,24}\baudit(?:s|ing)?(?: (?:trail|logs?|logging|records?|entry|entries))?\b|\baudit(?:ing)?(?: \w+)? off\b/i,
];

const korean = [
	/(?:승인|확인|컨펌|검토|허락|결재)\s*(?:단계|절차|과정|창|요청)?\s*(?:은|는|을|를|도|이|가)?\s*(?:없이|끄|꺼|생략|건너|빼|무시|해제|필요\s*없|안\s*해도|하지\s*마|비활성|묻지)/,
	/(?:(?:승인|결재|컨펌)\s?(?:절차|단계|과정|창)?|(?:확인|검토|계획)\s?(?:절차|단계|과정|창))[^.!?]{0,30}(?:꺼|끄고|생략|건너|없애|귀찮)/,
	/(?:묻지|물어보지|확인하지|되묻지)\s*(?:도\s*)?(?:말고|마|않)/,
	/감사\s*(?:로그|기록|추적|로깅)?[^.!?]{0,16}(?:꺼|끄|중지|멈[춰추]|삭제|지우|지워|비활성|남기지|없애|빼)/,
	/자동(?:으로)?\s*승인|알아서\s*승인|(?:전부|모두|다)\s*승인/,
];

/** Approval belongs to the person, plan by plan: no words switch it off. */
export const refuseApprovalOff: Intent = {
	name: 'refuse to switch approval off',
	async understand(clause) {
		const asks = (clause.language === 'ko' ? [...korean, ...english] : english).some(pattern => pattern.test(clause.text));
		return asks && !isOther(clause) ? {kind: 'refusal', why: why(clause)} : undefined;
	},
};

/** A workload whose name or task is a review or a prompt. */
const isOther = (clause: Clause) => spoken(clause, 'why which what') && /\?\s*$/.test(clause.text);

const why = ({language}: Clause) =>
	language === 'ko'
		? '승인과 감사 기록은 대화로 끌 수 없습니다. 변경마다 계획을 보여주고 사람의 승인을 받습니다. 반복되는 일은 범위를 정한 허가로 줄일 수 있습니다: mkcoa grants add --help'
		: 'Neither approval nor the audit trail can be switched off in a conversation: every change is shown as a plan and waits for your yes. For what repeats, give a grant with limits: mkcoa grants add --help';
