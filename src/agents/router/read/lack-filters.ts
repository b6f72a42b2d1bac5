import type {Json} from '../../../core/json.ts';
import {listAt, objectAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../core/kube/pod-spec.ts';
import type {Clause} from '../clause.ts';
import {spoken} from '../words/spoken.ts';

/** A state that people ask for, and which objects are in it. */
export type StateFilter = {readonly en: string; readonly ko: string; readonly test: (object: KubeObject) => boolean};

/** Kinds that run pods. */
const runners = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'CronJob', 'Job', 'Pod'];

const containers = (object: KubeObject) => listAt(podSpecOf(object), 'containers');

/** What a container may lack. */
const parts = [
	{words: 'request requests 요청 리퀘스트', en: 'requests', ko: '요청', place: ['resources', 'requests']},
	{
		words: 'limit limits cap caps capped uncapped unlimited unbounded ceiling 제한 리밋 한도 상한',
		en: 'limits',
		ko: '제한',
		place: ['resources', 'limits'],
	},
	{words: 'readiness readiness_probe readinessprobe 레디니스', en: 'a readiness probe', ko: 'readiness 프로브', place: ['readinessProbe']},
	{words: 'liveness liveness_probe livenessprobe 라이브니스', en: 'a liveness probe', ko: 'liveness 프로브', place: ['livenessProbe']},
] as const;

const lacking =
	"without lack lacking miss missing no none lacks neither nor unset not_one not_a_single not_have don't_have doesn't_have haven't hasn't not_set isn't_set aren't_set not_any not_declare not_define don't_declare don't_define don't_set not_capped not_limited not_bounded never_capped isn't_capped aren't_capped uncapped unlimited unbounded 없 빠지 빠진 누락 미설정 안 않 못";

const hasSome = (list: readonly Json[], test: (each: Json) => boolean) => list.some(test);
/** `no container has a limit`: none of them. */
const ofNone = /\b(?:no|not one|not a single|none of (?:the|its|their)|neither) containers?\b|어떤 컨테이너(?:에)?도|모든 컨테이너/i;
/** A probe of one container is a probe of its pod. */
const hasEvery = (list: readonly Json[], test: (each: Json) => boolean) => list.every(test);

/** `without any cpu or memory requests`: lacking all of the resources that are named. */
export function lackFilters(clause: Clause, kinds: readonly string[]): readonly StateFilter[] {
	if (!spoken(clause, lacking) || !kinds.some(kind => runners.includes(kind))) return [];
	const named = ['cpu', 'memory'].filter(name => spoken(clause, name === 'cpu' ? 'cpu core 씨피유 코어' : 'memory ram mem 메모리'));
	const part = parts.filter(({words}) => spoken(clause, words));
	return part.map(({en, ko, place}) => ({
		en: `without ${named.length === 0 ? '' : `${named.join(' or ')} `}${en}`,
		ko: `${named.join(', ')} ${ko}이(가) 없는`.trim(),
		test: object =>
			containers(object).length > 0 &&
			(place[0] === 'resources' && !ofNone.test(clause.text) ? hasSome : hasEvery)(containers(object), each => {
				const found = objectAt(each, ...place);
				return place[0] === 'resources' && named.length > 0
					? named.every(name => found[name] === undefined)
					: Object.keys(found).length === 0;
			}),
	}));
}
