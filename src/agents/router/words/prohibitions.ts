import type {Call} from '../understanding.ts';
import {languageOf} from './language.ts';
import {creating} from './order-verbs.ts';
import {isImage} from './values.ts';
import {wordsOf} from './words-of.ts';

type Prohibition = {readonly said: RegExp; readonly forbids: (call: Call) => boolean};

const verbs = 'drain|restart|reboot|bounce|delete|remove|scale|evict|cordon|fix|repair|change|touch|modify|do|roll back|act on';
const object = '(?:it|them|that|this|anything|any of it|any of them|a thing|the pods?)';
const tail = '(?:\\s+(?:yet|though|please|pls|now|for now|either|automatically|today|at all|needed|required))*';
const begin = '(?:^|(?<=[.!?]\\s)|[,;(]\\s*|\\s+-\\s+|\\s(?:but|and|though|so)\\s+)(?:(?:please|pls|just|but|and|though|so|ok)[\\s,]+)*';
const end = '(?=\\s*(?:$|[,;.!?)]))';
const english = new RegExp(
	`\\((?=[^)]*\\b(?:not now|not yet|later|don't|do not|no need)\\b)[^)]*\\)|${begin}(?:(?:don't|do not|dont|never|no need to|not to|not)\\s+(?<verb>${verbs})(?:ing)?(?:\\s+${object})?${tail}|no\\s+(?<noun>drain(?:ing)?|restarts?|rollback|fix(?:es|ing)?|repairs?|deletions?|scaling)${tail}|no\\s+(?:extra\\s+)?(?:svc|service|ingress|hpa|pdb|autoscaler)\\s+(?:needed|required|necessary|please|for now|yet)|without\\s+(?<gerund>\\w+)ing\\s+${object}${tail}|nothing\\s+(?:is|should|must|may)\\s+(?:to\\s+)?be\\s+(?<past>\\w+?)(?:n?ed)${tail}|nothing else|not now|no changes?${tail})${end}`,
	'gi',
);
const korean =
	/(?:^|(?<=[.!?]\s)|,\s*)(?:아직은?\s|절대\s|그냥\s|따로\s)*(?<verb>고치|수정하|변경하|바꾸|재시작하|재시작은|삭제하|지우|드레인하|드레인은|건드리|손대|조치하|조치는)(?:지|진|지는|\s?하지)?\s?(?:는\s?)?(?:말고요?|말아\s?(?:줘|주세요)|마세요|마라?|않고|하지\s?말고|안\s?하고)(?=[\s,.!?]|$)[,.]?/g;

const deeds: readonly Prohibition[] = [
	{said: /drain|드레인/, forbids: ({tool}) => tool === 'node_drain'},
	{said: /restart|reboot|bounce|재시작/, forbids: ({tool}) => tool === 'workload_restart'},
	{said: /delete|remove|deletion|삭제|지우/, forbids: ({tool}) => tool === 'resource_delete'},
	{said: /scal/, forbids: ({tool}) => tool === 'workload_scale'},
	{said: /cordon/, forbids: ({tool}) => tool === 'node_cordon'},
	{said: /evict/, forbids: ({tool}) => tool === 'node_drain' || tool === 'pod_evict'},
];

/**
 * A request without what it forbids of nothing by name (`no drain though`, `don't fix it`, `고치진 말고`), and whether a call is one of that. What it forbids
 * of a thing it names is told by `sparedIn`.
 */
export function withoutProhibitions(request: string): {readonly rest: string; readonly forbids: (call: Call) => boolean} {
	const found: string[] = [];
	const words = wordsOf(request);
	const makes = creating(words) || (words.some(isImage) && /\bpods?\b|파드/i.test(request));
	const rest = request.replace(languageOf(request) === 'ko' ? korean : english, said => {
		// `never restart it` is how a pod that is made goes on.
		if (makes && /restart|재시작/i.test(said)) return said;
		found.push(said.toLowerCase());
		return ' ';
	});
	if (found.length === 0 || !/[\p{L}\p{N}]/u.test(rest)) return {rest: request, forbids: () => false};
	const forbidden = deeds.filter(({said}) => found.some(text => said.test(text)));
	return {rest: rest.replace(/[ \t]+/g, ' ').trim(), forbids: call => forbidden.some(({forbids}) => forbids(call))};
}
