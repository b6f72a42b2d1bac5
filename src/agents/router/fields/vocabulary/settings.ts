import {type Field, field, meaning, named} from '../field.ts';

const onOff = named('true', 'false').map(({value, words}) => ({value: value === 'true', words}));

/** Fields of settings, accounts and classes. */
export const ofSettings: readonly Field[] = [
	field(
		['ConfigMap', 'Secret'],
		'object',
		'immutable',
		[meaning(true, /\bimmutable\b(?! (?:to|=|is)? ?false)|변경 ?불가|불변|이뮤터블/), ...onOff],
		/\bimmutable\b/,
	),
	field(
		['ServiceAccount'],
		'object',
		'automountServiceAccountToken',
		'flag',
		/\b(?:auto-?)?mount\w*(?: (?:an?|the|any|its|their))* ?(?:credentials?|tokens?)?\b|토큰 ?(?:자동 ?)?마운트|자동 ?마운트/,
	),
	field(['StorageClass'], 'object', 'allowVolumeExpansion', 'flag', /\b(?:volume )?expan(?:sion|ding)(?: of volumes)?\b|(?:볼륨 ?)?확장/),
	field(['StorageClass'], 'object', 'reclaimPolicy', named('Retain', 'Delete'), /\breclaim(?: policy)?\b|(?:회수|반환) ?정책/),
	field(
		['StorageClass'],
		'object',
		'volumeBindingMode',
		named('WaitForFirstConsumer', 'Immediate'),
		/\b(?:volume )?binding(?: mode)?\b|바인딩(?: ?모드)?/,
	),
	field(['PriorityClass'], 'object', 'value', 'count', /\bpriority\b|\bvalue\b|우선 ?순위|값/),
	field(['PriorityClass'], 'object', 'globalDefault', 'flag', /\b(?:global )?default\b|(?:전역 ?)?기본/),
];
