import {describe, expect, it} from 'vitest';
import {plainText, withoutWhatStays} from '../../../../src/agents/router/change/plain-text.ts';
import {resourceChanges} from '../../../../src/agents/router/change/resources/resource-words.ts';

/** `memory limits 3Gi; …` */
const told = (text: string) =>
	resourceChanges(withoutWhatStays(plainText({text})))
		.map(({measures, sides, amount}) => {
			const words =
				amount === 'remove'
					? 'remove'
					: amount.kind === 'times'
						? `×${amount.factor}`
						: `${amount.kind === 'to' ? '' : amount.sign === 1 ? '+' : '-'}${amount.quantity}`;
			return `${measures.join('+')} ${sides.join('+')} ${words}`;
		})
		.join('; ');

const rows: readonly (readonly [string, string])[] = [
	["Raise scorer's memory limit to 3Gi.", 'memory limits 3Gi'],
	['Set the cpu request of web to 250m', 'cpu requests 250m'],
	['Give web half a core as its CPU request and cap it at one core', 'cpu requests 500m; cpu limits 1'],
	['set cpu request to 500m and limit to 1', 'cpu requests 500m; cpu limits 1'],
	['Double both the cpu and the memory request of web; the limits stay', 'cpu+memory requests ×2'],
	['double the cpu and memory requests of web', 'cpu+memory requests ×2'],
	['web gets 1.5GB of memory at most, nothing else changes.', 'memory limits 1.5G'],
	['web may use up to 2 cores', 'cpu limits 2'],
	['Set requests of web to 200m cpu and 256Mi memory', 'cpu requests 200m; memory requests 256Mi'],
	[
		'cpu request 500m limit 1 memory request 512Mi limit 1Gi for web',
		'cpu requests 500m; cpu limits 1; memory requests 512Mi; memory limits 1Gi',
	],
	['change the memory limit of web from 1Gi to 2Gi', 'memory limits 2Gi'],
	['raise the memory limit of web by 256Mi', 'memory limits +256Mi'],
	['lower the memory request of web by 20%', 'memory requests ×0.8'],
	['raise memory limit by 50 percent', 'memory limits ×1.5'],
	['Remove the CPU limit from web', 'cpu limits remove'],
	['web should have no cpu limit', 'cpu limits remove'],
	['Set memory request and limit of web to 512Mi', 'memory requests+limits 512Mi'],
	['give web 1Gi of memory', 'memory  1Gi'],
	['cpu limit of web: 0.75', 'cpu limits 750m'],
	['web memory limit 512M', 'memory limits 512M'],
	['web memory limit 512m', 'memory limits 512Mi'],
	['web의 메모리 요청을 768Mi, 제한을 1.5Gi로 올려줘', 'memory requests 768Mi; memory limits 1.5Gi'],
	['web의 CPU 제한은 없애줘', 'cpu limits remove'],
	['web 메모리 제한 두 배로', 'memory limits ×2'],
	['web 메모리 제한을 512Mi에서 1Gi로 변경', 'memory limits 1Gi'],
	['web cpu 요청 0.5코어로 낮춰줘', 'cpu requests 500m'],
	['web 메모리 상한을 2기가로', 'memory limits 2Gi'],
	['web CPU 요청 200m, 메모리 요청 256Mi로 맞춰줘', 'cpu requests 200m; memory requests 256Mi'],
	['web 메모리 제한만 1Gi로 바꾸고 요청은 그대로 둬', 'memory limits 1Gi'],
	['web 메모리 제한을 256Mi 더 늘려줘', 'memory limits +256Mi'],
];

describe('what a sentence wants of CPU and memory', () => {
	it.each(rows)('%s', (text, changes) => {
		expect(told(text)).toBe(changes);
	});
});
