import type {Clause} from '../clause.ts';
import type {Call, Understanding} from '../understanding.ts';

type Value = {readonly of: string; readonly value: string};

const operationsOf = ({tool, input}: Call): readonly {readonly op?: unknown; readonly path?: unknown; readonly value?: unknown}[] => {
	const list: unknown = tool === 'resource_patch' && input.type === 'json' ? JSON.parse(String(input.patch)) : [];
	return Array.isArray(list) ? list : [];
};

/** What a call gives a value to, and which. What is added to a list takes nothing's place. */
const valuesOf = (call: Call): readonly Value[] => {
	const {kind, name, namespace, workload, replicas} = call.input;
	if (call.tool === 'workload_scale') return [{of: `${String(namespace)}/${String(workload)}`, value: String(replicas)}];
	return operationsOf(call).flatMap(({op, path, value}) =>
		(op === 'add' || op === 'replace') && !String(path).endsWith('/-')
			? [{of: `${String(kind)} ${String(namespace)}/${String(name)}${String(path)}`, value: JSON.stringify(value)}]
			: [],
	);
};

/** The question that stands instead of a plan that gives one thing two values. */
export function contradiction({language}: Clause, understood: readonly Understanding[]): Understanding | undefined {
	const values = understood.flatMap(one => (one.kind === 'calls' ? one.calls.flatMap(valuesOf) : []));
	const twice = [...Map.groupBy(values, ({of}) => of)].find(([, list]) => new Set(list.map(({value}) => value)).size > 1);
	if (twice === undefined) return undefined;
	const [of, list] = twice;
	const said = [...new Set(list.map(({value}) => value))].join(', ');
	return {
		kind: 'question',
		text:
			language === 'ko'
				? `${of}의 값이 둘 이상으로 읽힙니다: ${said}. 어느 것인가요?`
				: `I read more than one value for ${of}: ${said}. Which one is meant?`,
		choices: [],
	};
}
