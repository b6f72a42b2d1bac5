import type {JsonObject} from '../../../../core/json.ts';
import {type Rule, type Taken, take} from './take.ts';

const variable = String.raw`["'\`]?([A-Z][A-Z0-9_]*)["'\`]?`;
const fieldPath = String.raw`["'\`]?((?:metadata|spec|status)\.[\w.'"[\]/-]*\w(?:'\])?)["'\`]?`;
const sources: {readonly [words: string]: string} = {
	'pod name': 'metadata.name',
	"pod's name": 'metadata.name',
	'name of the pod': 'metadata.name',
	'own name': 'metadata.name',
	'파드 이름': 'metadata.name',
	'pod ip': 'status.podIP',
	"pod's ip": 'status.podIP',
	'파드 ip': 'status.podIP',
	'node name': 'spec.nodeName',
	"node's name": 'spec.nodeName',
	'노드 이름': 'spec.nodeName',
	'host ip': 'status.hostIP',
	'node ip': 'status.hostIP',
	'own namespace': 'metadata.namespace',
	"pod's namespace": 'metadata.namespace',
	'pod namespace': 'metadata.namespace',
	'파드 네임스페이스': 'metadata.namespace',
};
const spoken = Object.keys(sources).join('|');
const ofField = (name: string | undefined, path: string | undefined): JsonObject | undefined =>
	name === undefined || path === undefined ? undefined : {name, valueFrom: {fieldRef: {fieldPath: path}}};

const rules: readonly Rule<JsonObject>[] = [
	[
		new RegExp(
			`(?:(?:an? )?(?:env(?:ironment)?(?: variables?| var)?|환경 ?변수) )?${variable}(?: ?환경 ?변수)?(?: ?=|은|는|에는|에|:)? ?(?:파드 ?\\S+ ?\\(?)?(?:(?:is )?(?:set |taken |filled |read )?(?:from|to|with|as)? ?)?(?:the )?(?:downward api )?(?:field(?:Ref|Path)?:? )?${fieldPath}(?:로|으로|에서|을|를)?`,
			'g',
		),
		ofField,
	],
	[
		new RegExp(
			`(?:(?:an? )?(?:env(?:ironment)?(?: variables?| var)?|환경 ?변수) )?${variable}(?: ?=|은|는|에|:)? ?(?:is |holds |set to |from |with |as )*(?:the |its )?(${spoken})(?![a-z])(?:로|으로|을|를)?`,
			'gi',
		),
		(name, words) =>
			name === undefined || name === 'A' || name !== name.toUpperCase() ? undefined : ofField(name, sources[(words ?? '').toLowerCase()]),
	],
];

const ending = '(?=(?:로|으로|이고|이며|입니다|이에요|예요|임|,|;|\\.(?:\\s|$)|\\s|$))';
const plain = String.raw`(?:"([^"]*)"|'([^']*)'|\`([^\`]*)\`|([^\s,;"'\`]+?))[?!]*`;
const pair = (name: string | undefined, ...values: readonly (string | undefined)[]): JsonObject | undefined => {
	const value = values.find(one => one !== undefined);
	return name === undefined || name !== name.toUpperCase() || value === undefined || noValue.test(value) ? undefined : {name, value};
};
const noValue = /^(?:from|the|a|an|configmap|secret|taken|read|key|set|in|of|on|all|every|시크릿.*|컨피그맵.*|키.*|환경.*|값.*)$/i;
const foreign = '(?! ?(?:configmap|secret|컨피그맵|시크릿|의 |에서|config ?map|is from|comes from))';

/** `LOCALE은 ko_KR로`, `LOG_LEVEL set to debug`, `REGION is eu`: variables with values of their own. */
const spokenPairs: readonly Rule<JsonObject>[] = [
	[
		new RegExp(
			`(?<![\\w.-])([A-Z][A-Z0-9]*_[A-Z0-9_]+|[A-Z]{3,}[A-Z0-9]*)(?:은|는) ?(?:값(?:은|을|으로)? ?)?${plain}(?=,|;|\\.(?:\\s|$)|$|이고|이며|입니다|이에요|예요| 이고)`,
			'g',
		),
		(name, ...values) => (/[가-힣]/.test(values.find(one => one !== undefined) ?? '') ? undefined : pair(name, ...values)),
	],
	[
		new RegExp(
			`(?<![\\w.-])([A-Z][A-Z0-9]*_[A-Z0-9_]+|[A-Z]{3,}[A-Z0-9]*)(?:은|는|을|를|이|가|에|에는|:)? ?(?:값(?:은|을|으로)? ?)?${plain} ?(?:으로|로)(?=[ ,.]|$|요(?![가-힣])|고정|설정|지정|주|넣|해)(?! ?(?:읽|가져|받|채우))`,
			'g',
		),
		(name, ...values) => (/[가-힣]/.test(values.find(one => one !== undefined) ?? '') ? undefined : pair(name, ...values)),
	],
	[
		new RegExp(
			`(?<![\\w.-])([A-Z][A-Z0-9]*_[A-Z0-9_]+|[A-Z]{3,}[A-Z0-9]*)(?:에|에는|엔) ?(?:값(?:은|을|으로)? ?)?${plain}(?:을|를)?(?= (?:넣|채워|담|설정|지정))`,
			'g',
		),
		(name, ...values) => (/[가-힣]/.test(values.find(one => one !== undefined) ?? '') ? undefined : pair(name, ...values)),
	],
	[
		new RegExp(
			`(?<![\\w.-])([A-Z][A-Z0-9]*_[A-Z0-9_]+|[A-Z]{3,}[A-Z0-9]*)(?: in (?:its|the|their) env(?:ironment)?)?(?: (?:is )?(?:set )?(?:to|as|is|being|fixed to|equal to|equals|pointing (?:to|at)|points? (?:to|at)|holding|with (?:the )?value)| (?:has to|must|should|shall|needs to|is to|ought to) (?:be|say|read)|:| =) ${plain}${foreign}${ending}`,
			'g',
		),
		pair,
	],
];

/** `PGHOST should be ledger`: nothing but a variable is written so. */
const loud =
	/(?<![\w.-])(?!HTTPS?|TLS|HTTP2)[A-Z]{4,}[A-Z0-9]*(?: (?:should|shall|must|has to|needs to|is to|ought to) (?:be|say|read)\b|(?:은|는) )/;

/** Variables that a text gives values in words. @param text without what other objects give */
export const spokenVariables = (text: string): Taken<JsonObject> =>
	/\benv|environment|variable|환경|변수|[A-Z]_[A-Z]/.test(text) || loud.test(text) ? take(text, spokenPairs) : {found: [], rest: text};

/** Variables that take their value from the pod itself: `POD_IP from status.podIP`, `POD_NAME은 파드 이름`. */
export const fieldVariables = (text: string): Taken<JsonObject> => take(text, rules);
