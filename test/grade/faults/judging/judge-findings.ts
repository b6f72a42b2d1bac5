import type {Cause, Expectation} from '../fault-case.ts';
import {type Finding, isLoud} from './finding.ts';
import {plainPath} from './plain-path.ts';

/** What findings are worth. `false` ones blame a bystander, a decoy, or what is neither cause nor symptom. */
export type Judgement = {
	readonly isRight: boolean;
	readonly isPathRight: boolean;
	/** The path that is expected of the object that was named; undefined where any will do. */
	readonly wantedPath: string | undefined;
	/** A symptom stands where the cause belongs. */
	readonly isSymptomFirst: boolean;
	/** The right cause is among the others. */
	readonly isAnywhere: boolean;
	readonly loud: readonly Finding[];
	readonly false: readonly Finding[];
};

/** @param findings most severe first */
export function judgeFindings({cause, alsoAccepted, symptoms, bystanders, decoy}: Expectation, findings: readonly Finding[]): Judgement {
	const loud = findings.filter(isLoud);
	const [first] = loud;
	const accepted = [cause, ...alsoAccepted];
	const isAccepted = (finding: Finding) => accepted.some(one => isOf(one, finding));
	const named = first === undefined ? undefined : accepted.find(one => isOf(one, first));
	const isSymptom = (finding: Finding) => symptoms.some(one => isOf(one, finding));
	const leftAlone = new Set([...bystanders, ...decoy]);
	return {
		isRight: named !== undefined,
		// Of an object that is only accepted, a field is judged where the expectation gives one.
		isPathRight: named !== undefined && (named === cause || hasPath(named)) && isPath(named, first?.path),
		wantedPath: (named ?? cause).path,
		isSymptomFirst: first !== undefined && named === undefined && isSymptom(first),
		isAnywhere: loud.some(isAccepted),
		loud,
		false: loud.filter(
			finding => !(isAccepted(finding) || isSymptom(finding)) || (leftAlone.has(`${finding.kind}/${finding.name}`) && !isAccepted(finding)),
		),
	};
}

type Named = Pick<Cause, 'kind' | 'namespace' | 'name'>;

const isOf = (want: Named, {kind, namespace = '', name}: Finding) =>
	want.kind === kind && (want.namespace ?? '') === namespace && isNamed(want.name, name);

/** A name may hold `*`. */
function isNamed(pattern: string, name: string): boolean {
	const parts = pattern.split('*').map(part => part.replace(/[^\w-]/g, '\\$&'));
	return new RegExp(`^${parts.join('.*')}$`, 's').test(name);
}

const hasPath = ({path, paths}: Cause) => path !== undefined || paths.length > 0;

/** The field itself, what is in it, or its direct parent. A cause without a path takes any. */
function isPath({path, paths}: Cause, found: string | undefined): boolean {
	const wanted = [...(path === undefined ? [] : [path]), ...paths].map(plainPath);
	const got = plainPath(found ?? '');
	const depth = (text: string) => text.split('.').length;
	return (
		wanted.length === 0 ||
		wanted.some(want => got === want || got.startsWith(`${want}.`) || (want.startsWith(`${got}.`) && depth(got) + 1 >= depth(want)))
	);
}
