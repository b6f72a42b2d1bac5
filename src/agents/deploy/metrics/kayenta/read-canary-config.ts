import {createHash} from 'node:crypto';
import * as z from 'zod';
import {kayentaConfig, type ScoreThresholds, usualThresholds} from '../../../../analysis/canary/kayenta/kayenta-config.ts';
import {scoresOf} from '../../../../analysis/canary/kayenta/scores.ts';
import {isJsonObject, type Json} from '../../../../core/json.ts';
import {compileQuery, kayentaQuery} from './compile-query.ts';
import type {Parameters} from './expand-template.ts';
import {kayentaTrouble} from './kayenta-trouble.ts';

const {metrics} = kayentaConfig.shape;

/** The whole of a canary config that mkcoa reads. @see https://github.com/spinnaker/kayenta/blob/master/docs/canary-config.md */
const canaryConfig = kayentaConfig.extend({
	metrics: z.array(metrics.element.extend({query: kayentaQuery, scopeName: z.string().default('default')})).min(1),
	templates: z.record(z.string(), z.string()).default({}),
	judge: z.object({name: z.string()}).exactOptional(),
});

/** A config as it lies in a plan: queries compiled, thresholds decided, and the digest of the text that it was read from. */
export const compiledConfig = kayentaConfig.extend({
	metrics: z.array(metrics.element.extend({promql: z.string()})).min(1),
	sha256: z.string(),
});

export type CompiledConfig = z.output<typeof compiledConfig>;

type Asked = {
	/** `PASS,MARGINAL`; those of the config if left out. */
	readonly scores?: string | undefined;
	/** `NAME=VALUE` each. */
	readonly parameters: readonly string[];
};

/** Judges that decide as `judgeKayenta` does; the second is what the first was called once. */
const judges = ['NetflixACAJudge-v1.0', 'dredd-v1.0'];

/**
 * Reads the text of a Kayenta canary config. What cannot be judged is refused by name, so that nothing of it is left out in silence.
 * @throws MkcoaError `bad-kayenta-config`, `bad-metric`
 */
export function readCanaryConfig(text: string, {scores, parameters}: Asked): CompiledConfig {
	const config = parsed(text);
	if (config.judge !== undefined && !judges.includes(config.judge.name))
		throw kayentaTrouble({
			what: `The config is for the judge ${config.judge.name}`,
			why: `mkcoa judges as ${judges[0]} does`,
			next: 'Name that judge in a copy of the config, if its verdict is what you want',
		});
	refuseScopes(config.metrics);
	const given = {templates: config.templates, parameters: readParameters(parameters)};
	const compiled = config.metrics.map(({query, scopeName: _, ...metric}) => ({...metric, promql: compileQuery(metric.name, query, given)}));
	const scoreThresholds = scores === undefined ? (config.classifier.scoreThresholds ?? usualThresholds) : readScores(scores);
	const sha256 = createHash('sha256').update(text).digest('hex');
	const read = {name: config.name, sha256, metrics: compiled, classifier: {...config.classifier, scoreThresholds}};
	refuseUnreachable(read, scoreThresholds);
	return read;
}

function parsed(text: string): z.output<typeof canaryConfig> {
	const read = canaryConfig.safeParse(withoutNulls(json(text)));
	if (read.success) return read.data;
	const [issue] = read.error.issues;
	throw kayentaTrouble({
		what: `The Kayenta config does not fit at ${issue?.path.join('.') || 'its top'}`,
		why: issue?.message ?? 'it has another shape',
		next: 'Correct it; its format is told in docs/canary.md',
	});
}

function json(text: string): Json {
	try {
		return JSON.parse(text);
	} catch (error) {
		throw kayentaTrouble({
			what: 'The Kayenta config is no JSON',
			why: error instanceof Error ? error.message : 'it cannot be parsed',
			next: 'Save it with: spin canary canary-configs get ID',
		});
	}
}

/** Kayenta writes fields that nobody set as null. */
function withoutNulls(value: Json): Json {
	if (Array.isArray(value)) return value.map(withoutNulls);
	if (!isJsonObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).flatMap(([key, inner]) => (inner === null || inner === undefined ? [] : [[key, withoutNulls(inner)]])),
	);
}

function refuseScopes(read: readonly {readonly name: string; readonly scopeName: string}[]): void {
	const strange = read.find(({scopeName}) => scopeName !== 'default');
	if (strange !== undefined)
		throw kayentaTrouble({
			what: `The metric ${strange.name} has a scope of its own: ${strange.scopeName}`,
			why: 'both versions of one workload are all that is compared',
			next: 'Make its scopeName default',
		});
	const twice = read.find(({name}, at) => read.findIndex(other => other.name === name) < at);
	if (twice !== undefined)
		throw kayentaTrouble({what: `The metric ${twice.name} is given twice`, next: 'Give each metric a name of its own'});
}

function readParameters(texts: readonly string[]): Parameters {
	return Object.fromEntries(
		texts.map(text => {
			const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
			if (name !== undefined && value !== undefined) return [name, value];
			throw kayentaTrouble({what: `${JSON.stringify(text)} names no variable`, next: 'Write --kayenta-params NAME=VALUE'});
		}),
	);
}

function readScores(text: string): ScoreThresholds {
	const [pass = Number.NaN, marginal = Number.NaN] = text.split(',').map(Number);
	if (marginal <= pass && pass <= 100) return {pass, marginal};
	throw kayentaTrouble({
		what: `The scores ${text} cannot be meant`,
		why: 'the first passes, the second lets it go on, and is not above the first',
		next: 'Write --kayenta-scores 95,75',
	});
}

/** A config whose best score is too low for a pass would take every canary back. */
function refuseUnreachable({metrics: all, classifier}: CompiledConfig, {pass, marginal}: ScoreThresholds): void {
	if (marginal > pass)
		throw kayentaTrouble({what: `The config's marginal score ${marginal} is above its passing score ${pass}`, next: 'Exchange them'});
	const scored = all.filter(({analysisConfigurations}) => !analysisConfigurations.canary.muted);
	const best = scoresOf(
		scored.map(({name, groups}) => ({name, groups, class: 'Pass', isCritical: false})),
		classifier.groupWeights,
	).score;
	if (best >= pass && best <= 100 + Number.EPSILON) return;
	throw kayentaTrouble({
		what:
			best > 100
				? `The groups of the config weigh more than 100 together: ${best}`
				: `No canary can pass this config: its best score is ${best}, and ${pass} passes`,
		why: `the score is the sum over groups by weight; weights are ${weightsText(classifier.groupWeights)}, groups with metrics are ${groupsText(scored)}`,
		next: 'Let the weights of groups that have metrics add up to 100',
	});
}

const weightsText = (weights: {readonly [group: string]: number}) =>
	Object.entries(weights)
		.map(([name, weight]) => `${name} ${weight}`)
		.join(', ') || 'none';

const groupsText = (read: readonly {readonly groups: readonly string[]}[]) =>
	[...new Set(read.flatMap(({groups}) => groups))].join(', ') || 'none';
