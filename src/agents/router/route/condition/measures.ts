import {numberAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {quantityOf} from '../../../../core/kube/quantity.ts';
import {containersIn} from '../../change/containers.ts';
import type {Clause} from '../../clause.ts';
import {kindWord} from '../../names/kind-words.ts';
import {isVersion} from '../../words/values.ts';

type Language = Clause['language'];

/** Something of a live object that a condition may be about. */
export type Measure = {
	readonly kinds: readonly string[];
	/** How it stands now: each of these is compared, as it is written. */
	readonly now: (object: KubeObject) => readonly string[];
	readonly told: {readonly [language in Language]: string};
	/** The order that gives it a value: `make it 5` behind a condition on replicas is one of replicas. */
	readonly order: (named: string, value: string) => string;
	/** What stands before a Korean order of a bare value. */
	readonly field: string;
};

const said = (value: string | number | undefined) => (value === undefined ? [] : [String(value)]);

export const replicas: Measure = {
	kinds: ['Deployment', 'StatefulSet'],
	now: object => said(numberAt(object, 'spec', 'replicas') ?? 1),
	told: {en: 'replicas', ko: '레플리카'},
	order: (named, value) => `scale ${named} to ${value}`,
	field: '을',
};

const bound = (path: 'minReplicas' | 'maxReplicas', english: string, korean: string): Measure => ({
	kinds: ['HorizontalPodAutoscaler'],
	now: object => said(numberAt(object, 'spec', path) ?? 1),
	told: {en: english, ko: korean},
	order: (named, value) => `set the ${english} of ${named} to ${value}`,
	field: ` ${korean}를`,
});

const size: Measure = {
	kinds: ['PersistentVolumeClaim'],
	now: object => said(textAt(object, 'spec', 'resources', 'requests', 'storage')),
	told: {en: 'size', ko: '크기'},
	order: (named, value) => `resize ${named} to ${value}`,
	field: '을',
};

const version: Measure = {
	kinds: ['Deployment', 'StatefulSet', 'DaemonSet'],
	now: object => containersIn(object).flatMap(({image}) => [image, /:([^:/@]+)$/.exec(image)?.[1] ?? '']),
	told: {en: 'image', ko: '이미지'},
	order: (named, value) => `set the image of ${named} to ${value}`,
	field: ' 이미지를',
};

/** What a condition is about, by its words and by the form of its value; undefined where neither says it. */
export function measureOf(text: string, value: string): Measure | undefined {
	if (/\bmax(?:imum)?\b|최댓?[값치]?|상한/i.test(text)) return bound('maxReplicas', 'maximum', '최대');
	if (/\bmin(?:imum)?\b|최솟?[값치]?|최소|하한/i.test(text)) return bound('minReplicas', 'minimum', '최소');
	if (isVersion({raw: value})) return version;
	if (/^\d+(?:\.\d+)?[KMGTP]i?B?$/i.test(value)) return /memory|cpu|limit|request|메모리|제한/i.test(text) ? undefined : size;
	return /^\d+$/.test(value) && !/memory|cpu|limit|request|node ?port|port|메모리|제한|포트|%/i.test(text) ? replicas : undefined;
}

/** Comparable: a number or a quantity; undefined for a word. */
export const amountOf = (text: string): number | undefined => quantityOf(text.replace(/(?<=[KMGTP])B$/i, 'i'));

/** A kind that holds a state, and whether it is in it. */
export type State = {
	readonly kinds: readonly string[];
	readonly words: RegExp;
	readonly told: {readonly [language in Language]: string};
	readonly holds: (object: KubeObject) => boolean;
};

const isOn =
	(...path: readonly string[]) =>
	(object: KubeObject) =>
		valueAt(object, ...path) === true;

export const states: readonly State[] = [
	{
		kinds: ['Node'],
		words: /cordoned|unschedulable|closed|코든|cordon|막혀|스케[줄쥴]링?\s?(?:안|불가)/i,
		told: {en: 'unschedulable', ko: '스케줄 중지'},
		holds: isOn('spec', 'unschedulable'),
	},
	{
		kinds: ['CronJob', 'Job'],
		words: /suspend\w*|stopped|paused|정지|중지|멈춰|멈춘|꺼져/i,
		told: {en: 'suspended', ko: '정지'},
		holds: isOn('spec', 'suspend'),
	},
];

/** The object as an order names it. */
export function namedIn({kind, metadata: {name, namespace}}: KubeObject, language: Language): string {
	const word =
		kind === 'Deployment' || kind === 'StatefulSet'
			? ''
			: kindWord(kind, language).replace('horizontalpod', '').replace('persistentvolume', '');
	if (language === 'ko') return `${namespace === undefined ? '' : `${namespace} 네임스페이스의 `}${name}${word === '' ? '' : ` ${word}`}`;
	return `${word === '' ? '' : `${word} `}${name}${namespace === undefined ? '' : ` in ${namespace}`}`;
}
