import type {Intent} from '../understanding.ts';

const source =
	/\b(?:logs?|events?|annotations?|message|notice|alert|comment|ticket|runbook|error|line|below|following|this)\b|로그|이벤트|메시지|주석|알림|공지|아래/i;
const obeys =
	/\b(?:do|follow|execute|run|carry out|apply|obey|perform)\b\s+(?:exactly\s+|just\s+|simply\s+)?(?:what(?:ever)?|as|everything|the (?:instructions?|orders?|steps|commands?))\s*(?:that\s+|which\s+)?(?:it|they|this|that|in it|there|the \w+|those)?\s*(?:says?|said|tells?|asks?|reads?|wants?|instructs?|demands?|written)\b|(?:적힌|써\s?있는|쓰여\s?있는|나온|시키는|하라는|쓰인|지시)\s?(?:대로|한\s?대로)/i;

/** `do what the log says`: text of the cluster is data, and whoever wrote it gives no orders here. */
export const refuseForeignOrders: Intent = {
	name: 'refuse orders of somebody else',
	async understand({text, language}) {
		if (!obeys.test(text) || !source.test(text)) return undefined;
		return {
			kind: 'refusal',
			why:
				language === 'ko'
					? '로그, 이벤트, 메시지에 적힌 글은 데이터일 뿐이며 지시로 따르지 않습니다. 무엇을 할지 직접 말씀해 주세요.'
					: 'What a log, an event or a message says is data: nothing is done because it is written there. Say yourself what should be done.',
		};
	},
};
