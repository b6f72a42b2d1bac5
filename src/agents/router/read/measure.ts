import {podSize} from '../../../analysis/capacity/pod-size.ts';
import {listAt, numberAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../core/kube/pod-spec.ts';
import {cpuText, memoryText, quantityOf} from '../../../core/kube/quantity.ts';
import type {Clause} from '../clause.ts';
import {spoken} from '../words/spoken.ts';
import {inLanguage, type Language} from './say.ts';

/** What objects are ranked by. `each`: of one pod, else of all pods together. */
export type Measure = {
	readonly what: 'cpu' | 'memory' | 'replicas' | 'storage' | 'restarts';
	readonly bound: 'requests' | 'limits';
	readonly each: boolean;
};

const memoryWords = 'memory ram mem 메모리 램';
const cpuWords = 'cpu core cores processor 씨피유 코어';
const storageWords = 'capacity size storage large large space big 용량 크기 스토리지 큰 작은';

/** What a clause measures; undefined where it names nothing that can be. */
export function measureIn(clause: Clause, kinds: readonly string[]): Measure | undefined {
	const rest = {
		bound: spoken(clause, 'limit 제한 한도 상한') ? 'limits' : 'requests',
		each: /\b(?:per|each|a single|one|single|individual) (?:pod|replica|instance|container)\b|\bfor (?:each|every|one) pod\b|\bcontainers?(?:'s)?\b|(?:파드|레플리카|팟|컨테이너)\s?(?:당|별|하나|한 ?개|기준)|컨테이너/i.test(
			clause.text,
		),
	} as const;
	if (spoken(clause, memoryWords)) return {what: 'memory', ...rest};
	if (spoken(clause, cpuWords)) return {what: 'cpu', ...rest};
	if (kinds.includes('PersistentVolumeClaim') && spoken(clause, `${storageWords} biggest largest smallest`))
		return {what: 'storage', ...rest};
	if (spoken(clause, 'restart restarts restarted restarting 재시작')) return {what: 'restarts', ...rest};
	return spoken(clause, 'replica pod instance copy 레플리카 파드 인스턴스 복제본') && !rest.each ? {what: 'replicas', ...rest} : undefined;
}

export const podsOf = (object: KubeObject) =>
	numberAt(object, 'spec', 'replicas') ?? numberAt(object, 'status', 'desiredNumberScheduled') ?? 1;

export const restartsOf = (pod: KubeObject) =>
	listAt(pod, 'status', 'containerStatuses').reduce<number>((sum, each) => sum + (numberAt(each, 'restartCount') ?? 0), 0);

/** Cores, bytes, pods or restarts. */
export function sizeOf(object: KubeObject, {what, bound, each}: Measure): number {
	if (what === 'replicas') return podsOf(object);
	if (what === 'restarts') return restartsOf(object);
	if (what === 'storage') return quantityOf(textAt(object, 'spec', 'resources', 'requests', 'storage')) ?? 0;
	const {cpuCores, memoryBytes} = podSize(podSpecOf(object), bound);
	return (what === 'cpu' ? cpuCores : memoryBytes) * (each ? 1 : podsOf(object));
}

export function sizeText(size: number, {what}: Measure, language: Language): string {
	if (what === 'replicas') return inLanguage(language, `${size} replicas`, `레플리카 ${size}개`);
	if (what === 'restarts') return inLanguage(language, `${size} restarts`, `재시작 ${size}번`);
	if (what === 'cpu')
		return `${cpuText(size)} CPU${Number.isInteger(size) ? inLanguage(language, size === 1 ? ' core' : ' cores', ' 코어') : ''}`;
	return size % 2 ** 30 === 0 && size > 0 ? `${size / 2 ** 30}Gi` : memoryText(size);
}

const names: {readonly [what in Measure['what']]: readonly [en: string, ko: string]} = {
	cpu: ['CPU', 'CPU'],
	memory: ['memory', '메모리'],
	replicas: ['replicas', '레플리카'],
	restarts: ['restarts', '재시작 횟수'],
	storage: ['storage', '스토리지'],
};

/** `CPU requested, over all replicas` */
export function measureText({what, bound, each}: Measure, language: Language): string {
	const name = inLanguage(language, ...names[what]);
	if (what !== 'cpu' && what !== 'memory') return name;
	if (language === 'ko') return `${each ? '파드 하나의' : '레플리카를 모두 더한'} ${name} ${bound === 'limits' ? '제한' : '요청'}`;
	return `${name} ${bound === 'limits' ? 'limit' : 'requested'}, ${each ? 'per pod' : 'over all replicas'}`;
}
