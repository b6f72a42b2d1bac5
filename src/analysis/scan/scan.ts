import {type KubeObject, type Ref, refKey, refOf} from '../../core/kube/kube-object.ts';
import type {AnyCheck, Fault, Settings} from '../checks/check.ts';
import {runChecks, type Verdict} from '../checks/run-checks.ts';
import {type World, worldOf} from '../checks/world.ts';
import {type PodSecurityLevel, podViolations} from '../pod-security/standard.ts';
import {type Exception, exceptionBook} from './exceptions.ts';
import {judgedAtOwner} from './judged-at-owner.ts';
import {keeperOf} from './keeper.ts';
import {type Way, wayOf} from './mend-call.ts';
import {distributionOf, platformOf} from './platform.ts';
import type {Distribution} from './platform-components.ts';
import {type Judgement, scoreOf} from './score.ts';

/** The faults of one check in one object. */
export type Failure = {
	readonly check: AnyCheck;
	readonly resource: Ref;
	readonly faults: readonly Fault[];
	/** Who writes the object anew. */
	readonly keeper?: string | undefined;
	/** What of the cluster's own programs the object is; such failures are told apart, and move no score. */
	readonly platform?: string | undefined;
	/** Who answers for it; neither does such a failure. */
	readonly exception?: Exception | undefined;
	/** Made when it is asked for: nobody reads thousands of patches. */
	readonly way: () => Way;
};

type CheckState = 'fail' | 'not-checked' | 'pass' | 'not-applicable';

/** How one check came out over all objects. */
export type CheckResult = {
	readonly check: AnyCheck;
	/** `fail` where anything fails that nobody answers for; else `not-checked` where a part could not be looked at. */
	readonly state: CheckState;
	readonly passed: number;
	readonly failed: number;
	readonly excepted: number;
	readonly platform: number;
	/** Why a part, or all of it, was not checked. */
	readonly why: readonly string[];
};

export type Scan = {
	readonly score: number | undefined;
	readonly results: readonly CheckResult[];
	/** Gravest first, then in the order of the checks. */
	readonly failures: readonly Failure[];
	/** Strictest level of the Pod Security Standards that each workload keeps. */
	readonly levels: readonly {readonly resource: Ref; readonly level: PodSecurityLevel}[];
	readonly distribution: Distribution | undefined;
	readonly judged: number;
	readonly atOwner: number;
	readonly expired: readonly Exception[];
	readonly unmatched: readonly Exception[];
};

type Question = {
	readonly objects: readonly KubeObject[];
	readonly checks: readonly AnyCheck[];
	/** Kinds that could not be read, as checks name them, with the reason. */
	readonly unread: ReadonlyMap<string, string>;
	readonly exceptions: readonly Exception[];
	readonly settings?: {readonly [check: string]: Settings} | undefined;
	readonly nowMs: number;
	/** Of Kubernetes, as which the Pod Security Standards judge; the latest if left out. */
	readonly minor?: number | undefined;
};

const gravity = ['critical', 'high', 'medium', 'low'] as const;

function levelOf(object: KubeObject, minor: number | undefined): PodSecurityLevel {
	if (podViolations('baseline', object, minor).length > 0) return 'privileged';
	return podViolations('restricted', object, minor).length > 0 ? 'baseline' : 'restricted';
}

type Failed = Extract<Verdict, {status: 'fail'}>;

/** Splits what one verdict found into what counts and what somebody answers for. */
function failuresOf({check, resource, faults}: Failed, around: Around): readonly Failure[] {
	const {object, platform, keeper} = around.about(resource);
	const byException = Map.groupBy(faults, fault => around.covering(check.id, resource, fault.paths));
	return [...byException].map(([exception, some]) => ({
		check,
		resource,
		faults: some,
		keeper,
		platform,
		exception,
		way: () => (object === undefined ? {none: 'the object itself was not read'} : wayOf(object, some, keeper)),
	}));
}

type About = {readonly object: KubeObject | undefined; readonly platform: string | undefined; readonly keeper: string | undefined};
type Around = {
	readonly about: (resource: Ref) => About;
	readonly covering: ReturnType<typeof exceptionBook>['covering'];
	readonly unread: ReadonlyMap<string, string>;
};

/** What is known of the object that a verdict names, looked up once. */
function aboutObjects({objects}: World, distribution: Distribution | undefined): Around['about'] {
	const byKey = new Map(objects.map(object => [refKey(refOf(object)), object]));
	const known = new Map<Ref, About>();
	return resource => {
		const told = known.get(resource);
		if (told !== undefined) return told;
		const object = byKey.get(refKey(resource));
		const about =
			object === undefined
				? {object, platform: undefined, keeper: undefined}
				: {object, platform: platformOf(object, distribution), keeper: keeperOf(object)};
		known.set(resource, about);
		return about;
	};
}

function resultOf(check: AnyCheck, verdicts: readonly Verdict[], failures: readonly Failure[], around: Around): CheckResult {
	const counted = failures.filter(({platform, exception}) => platform === undefined && exception === undefined);
	const count = (of: readonly Failure[]) => new Set(of.map(({resource}) => refKey(resource))).size;
	const missing = check.reads.filter(kind => around.unread.has(kind));
	const each = verdicts.flatMap(verdict => (verdict.status === 'not-checked' && verdict.resource !== undefined ? [verdict.why] : []));
	const why = [...(missing.length === 0 ? [] : [`not read: ${missing.join(', ')}`]), ...new Set(each)];
	const passes = verdicts.filter(verdict => verdict.status === 'pass');
	const failed = count(counted);
	const looked = passes.length > 0 || failures.length > 0;
	return {
		check,
		state: failed > 0 ? 'fail' : why.length > 0 ? 'not-checked' : looked ? 'pass' : 'not-applicable',
		passed: passes.filter(({resource}) => around.about(resource).platform === undefined).length,
		failed,
		excepted: count(failures.filter(({exception}) => exception !== undefined)),
		platform: count(failures.filter(({platform, exception}) => platform !== undefined && exception === undefined)),
		why,
	};
}

/** Runs checks over what was read, and sorts what they say. Pure; thousands of pods take about a second. */
export function scan({objects, checks, unread, exceptions, settings, nowMs, minor}: Question): Scan {
	const {objects: judged, atOwner} = judgedAtOwner(objects);
	const world = worldOf(judged);
	const distribution = distributionOf(world.ofKind('Node'));
	const book = exceptionBook(exceptions, nowMs);
	const around = {about: aboutObjects(world, distribution), covering: book.covering, unread};
	const rows = checks.map(check => {
		const verdicts = runChecks([check], world, {unread, settings});
		const failures = verdicts.flatMap(verdict => (verdict.status === 'fail' ? failuresOf(verdict, around) : []));
		return {result: resultOf(check, verdicts, failures, around), failures};
	});
	const judgements: readonly Judgement[] = rows.map(({result: {check, passed, failed}}) => ({severity: check.severity, passed, failed}));
	return {
		score: scoreOf(judgements),
		results: rows.map(({result}) => result),
		failures: rows.flatMap(row => row.failures).toSorted((one, other) => gravityOf(one) - gravityOf(other)),
		levels: world.workloads.map(({object, ref}) => ({resource: ref, level: levelOf(object, minor)})),
		distribution,
		judged: judged.length,
		atOwner,
		expired: book.expired(),
		unmatched: book.unmatched(),
	};
}

const gravityOf = ({check}: Failure) => gravity.indexOf(check.severity);
