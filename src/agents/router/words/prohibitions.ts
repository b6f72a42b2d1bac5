import type {Call} from '../understanding.ts';
import {isDenied} from './denied.ts';
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
const koreanDeed =
	'(?:드레인|drain|재시작|restart|삭제|delete|스케일|축출|evict|코든|cordon|수정|변경|조치|롤백)(?:은|는|을|를|도|까지)?(?:\\s?하|\\s?시키)?|고치|바꾸|지우|건드리|손대|비우';
const korean = new RegExp(
	`(?:^|(?<=[.!?]\\s)|,\\s*)(?:아직은?\\s|절대로?\\s|그냥\\s|따로\\s|대신\\s)*(?<verb>${koreanDeed})(?:지|진|지는|지도)?\\s?(?:는\\s?)?(?:말(?:고|구)(?:요)?|말아\\s?(?:줘요?|주세요|주십시오)|마(?:세요|십시오|시고요?|시구요?|라|요)?|말\\s?것|않고|하지\\s?말고|안\\s?하고)(?=[\\s,.!?]|$)[,.]?`,
	'gi',
);

const deeds: readonly Prohibition[] = [
	{said: /drain|evict|evacuat|드레인|축출|비우|비워/, forbids: ({tool}) => tool === 'node_drain' || tool === 'pod_evict'},
	{said: /restart|reboot|bounce|재시작|재기동/, forbids: ({tool}) => tool === 'workload_restart'},
	{
		said: /delet|remov|\bdrop|destroy|eras|wip(?:e|ing)|get rid|throw|clean|clear|scrap|\brm\b|take \S+ (?:away|out|down)|삭제|지우|지워|제거|없애|없앨|날려|날리|치우|치워|정리|내려|내리|걷어|회수|폐기/,
		forbids: ({tool}) => tool === 'resource_delete',
	},
	{said: /scal/, forbids: ({tool}) => tool === 'workload_scale'},
	{said: /cordon/, forbids: ({tool}) => tool === 'node_cordon'},
];

/**
 * A request without what it forbids of nothing by name (`no drain though`, `don't fix it`, `고치진 말고`), and whether a call is one of that. What it forbids
 * of a thing it names is told by `sparedIn`.
 */
export function withoutProhibitions(request: string): {readonly rest: string; readonly forbids: (call: Call) => boolean} {
	let isFound = false;
	const words = wordsOf(request);
	const makes = creating(words) || (words.some(isImage) && /\bpods?\b|파드/i.test(request));
	const rest = request.replace(languageOf(request) === 'ko' ? korean : english, said => {
		// `never restart it` is how a pod that is made goes on.
		if (makes && /restart|재시작/i.test(said)) return said;
		isFound = true;
		return ' ';
	});
	const forbidden = deeds.filter(({said}) => isDenied(request, said));
	const forbids = (call: Call) => forbidden.some(one => one.forbids(call));
	if (!isFound || !/[\p{L}\p{N}]/u.test(rest)) return {rest: request, forbids};
	return {rest: rest.replace(/[ \t]+/g, ' ').trim(), forbids};
}
