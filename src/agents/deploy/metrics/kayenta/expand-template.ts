import {namings} from '../../../series/series-names.ts';
import {kayentaTrouble} from './kayenta-trouble.ts';

/** Values of variables that a pipeline would set, by name. */
export type Parameters = {readonly [name: string]: string};

/** What mkcoa knows itself of the variables that Kayenta binds: who is compared stands in placeholders until a query is asked. */
const bound: Parameters = {scope: '{{workload}}', location: '{{namespace}}', namespace: '{{namespace}}'};

const podLabels: ReadonlySet<string> = new Set([...namings.map(({keyLabel}) => keyLabel), 'pod_name', 'exported_pod']);

/** A label, its operator and the quoted text behind it. */
const matcher = /([A-Za-z_]\w*)(\s*)(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)/g;

const variable = /\$\{([^}]*)\}/g;
const scope = /\$\{\s*scope\s*\}/;
const scopeAlone = /^.\^?\(?\$\{\s*scope\s*\}\)?\$?.$/;

/**
 * A template of Kayenta's with mkcoa's placeholders for its variables. `${scope}` names one version: beside a label of pods it becomes those pods,
 * whatever stands around it, elsewhere the name of their Deployment. `${location}` is the namespace.
 * @param metric whose template it is, for the words of a refusal
 * @throws MkcoaError `bad-kayenta-config` for a variable without a value, and for what is more than variables
 */
export function expandTemplate(metric: string, template: string, parameters: Parameters): string {
	const text = template.replaceAll('$\\{', `\${`);
	if (/<[#@/]|\[#/.test(text)) throw unreadable(metric, 'its template has FreeMarker directives');
	const chosen = text.replace(matcher, (whole, label: string, space: string, operator: string, value: string) => {
		if (!scope.test(value)) return whole;
		if (!podLabels.has(label)) {
			// web-.* holds web-canary-… too, so both sides would be the same.
			if (operator.endsWith('~') && !scopeAlone.test(value))
				throw unreadable(metric, `${label}${operator}${value} also fits the other version, whose name begins alike`);
			return whole;
		}
		if (operator.startsWith('!')) throw unreadable(metric, `its template excludes the pods of a version: ${label}${operator}${value}`);
		return `${label}${space}=~"{{pods}}"`;
	});
	return chosen.replace(variable, (_, name: string) => valueFor(metric, name.trim(), parameters));
}

function valueFor(metric: string, name: string, parameters: Parameters): string {
	if (!/^[A-Za-z_]\w*$/.test(name)) throw unreadable(metric, `its template computes \${${name}}`);
	const known = Object.hasOwn(parameters, name) ? parameters[name] : Object.hasOwn(bound, name) ? bound[name] : undefined;
	if (known !== undefined) return known;
	throw kayentaTrouble({
		what: `The query of ${metric} asks for \${${name}}, which has no value`,
		why: 'in Spinnaker the pipeline gives it',
		next: `Give it: --kayenta-params ${name}=VALUE`,
	});
}

const unreadable = (metric: string, why: string) =>
	kayentaTrouble({
		what: `The query of ${metric} cannot be read`,
		why,
		next: `Write the PromQL itself into its customInlineTemplate, such as PromQL:sum(rate(http_requests_total{pod=~"\${scope}"}[1m]))`,
	});
