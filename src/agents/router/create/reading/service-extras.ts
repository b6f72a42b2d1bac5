import {isJsonObject, type JsonObject} from '../../../../core/json.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {says, type Wish} from './wish.ts';

const blocks = /\b\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}\b/g;
const unready =
	/publish ?not ?ready(?: ?addresses)?|\b(?:not|aren'?t|isn'?t|un)[ -]?(?:yet )?ready\b|\bbefore (?:they|it|pods) (?:are|is) ready\b|준비 ?(?:안|되지|전|여부)|레디 ?(?:안|전|여부)/i;
const refuses = /\b(?:don'?t|do not|never|without|no) publish|publish ?not ?ready ?addresses[ :=]*(?:false|off)/i;
const families: readonly (readonly [string, RegExp])[] = [
	['RequireDualStack', /\brequire(?:s|d)? ?dual[ -]?stack\b/i],
	['PreferDualStack', /\bprefer(?:s|red)? ?dual[ -]?stack\b|\bdual[ -]?stack\b|듀얼 ?스택/i],
	['SingleStack', /\bsingle[ -]?stack\b|싱글 ?스택/i],
];

const unit: {readonly [letter: string]: number} = {s: 1, 초: 1, m: 60, 분: 60, h: 3600, 시: 3600};

/** How long the same client stays with the same pod: `affinity timeout of 1800 seconds`, `sticky for 3 hours`. */
function affinitySeconds({text}: Wish): number | undefined {
	const words = /(?:affinity|sticky|stick|어피니티|고정|스티키)/i;
	if (!words.test(text)) return undefined;
	const behind = text.slice(text.search(words));
	const [, digits, letter] = /(\d+) ?(s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:ours?|rs?)?|초|분|시간)(?![a-z])/i.exec(behind) ?? [];
	if (digits !== undefined) return Number(digits) * (unit[(letter ?? 's').slice(0, 1).toLowerCase()] ?? 1);
	const bare = /(?:timeout|타임아웃)(?:Seconds)?(?: of| is|:|=|은|는)? ?(\d+)/i.exec(behind)?.[1];
	return bare === undefined ? undefined : Number(bare);
}

/** What a Service has beside its pods and ports, where a wish says it. */
export function withExtras(service: KubeObject, wish: Wish): KubeObject {
	const spec = isJsonObject(service.spec) ? service.spec : {};
	const seconds = affinitySeconds(wish);
	const family = families.find(([, words]) => says(wish, words))?.[0];
	const internal =
		/\binternal ?traffic(?: ?policy)?(?: is|:|=| of| to)? ?(local|cluster)\b|내부 ?트래픽(?: ?정책)?(?:은|는)? ?(local|cluster)/i.exec(
			wish.text,
		);
	const policy = internal?.slice(1).find(found => found !== undefined);
	const more: JsonObject = {
		...(spec.type === 'LoadBalancer' && wish.text.match(blocks) !== null
			? {loadBalancerSourceRanges: [...new Set(wish.text.match(blocks))]}
			: {}),
		...(says(wish, unready) && !says(wish, refuses) ? {publishNotReadyAddresses: true} : {}),
		...(seconds === undefined ? {} : {sessionAffinity: 'ClientIP', sessionAffinityConfig: {clientIP: {timeoutSeconds: seconds}}}),
		...(family === undefined ? {} : {ipFamilyPolicy: family}),
		...(policy === undefined ? {} : {internalTrafficPolicy: policy.toLowerCase() === 'local' ? 'Local' : 'Cluster'}),
	};
	return {...service, spec: {...spec, ...more}};
}
