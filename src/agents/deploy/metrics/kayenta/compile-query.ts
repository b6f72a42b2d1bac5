import * as z from 'zod';
import {checkPlaceholders} from '../placeholders.ts';
import {expandTemplate, type Parameters} from './expand-template.ts';
import {kayentaTrouble} from './kayenta-trouble.ts';

/** How a metric is asked for, as Kayenta's `prometheus` source has it. */
export const kayentaQuery = z.looseObject({
	type: z.string().exactOptional(),
	serviceType: z.string().exactOptional(),
	metricName: z.string().default(''),
	labelBindings: z.array(z.string()).default([]),
	groupByFields: z.array(z.string()).default([]),
	resourceType: z.string().default(''),
	customFilter: z.string().default(''),
	customFilterTemplate: z.string().default(''),
	customInlineTemplate: z.string().default(''),
});

export type KayentaQuery = z.output<typeof kayentaQuery>;

type Given = {readonly templates: {readonly [name: string]: string}; readonly parameters: Parameters};

/** Kayenta's own beginning of a template that is a whole query. */
const wholeQuery = 'PromQL:';

/**
 * The query of one metric as PromQL with mkcoa's placeholders, as Kayenta's PrometheusMetricsService builds it: a template that begins with `PromQL:` is
 * the whole query, any other one filters the metric, whose mean is taken. A metric without a filter is that of each version's pods, where
 * Kayenta asks for machines.
 * @throws MkcoaError `bad-kayenta-config`, `bad-metric` with the metric's name and what to do
 * @see Kayenta, PrometheusMetricsService.java and QueryConfigUtils.java
 */
export function compileQuery(metric: string, query: KayentaQuery, {templates, parameters}: Given): string {
	refuseOthers(metric, query);
	const template = templateOf(metric, query, templates);
	const filter = template === '' ? '' : expandTemplate(metric, template, parameters);
	const promql = filter.startsWith(wholeQuery) ? filter.slice(wholeQuery.length).trim() : meanOf(metric, query, filter);
	checkPlaceholders(metric, promql);
	return promql;
}

function refuseOthers(
	metric: string,
	{type, serviceType, customFilter, resourceType, customFilterTemplate, customInlineTemplate}: KayentaQuery,
): void {
	const source = type ?? serviceType ?? 'prometheus';
	if (source !== 'prometheus')
		throw kayentaTrouble({
			what: `The metric ${metric} comes from ${source}, and only prometheus is read`,
			next: 'Ask Prometheus for it in a copy of the config, or take it out of the copy: what is left out is not judged',
		});
	if (customFilter !== '')
		throw kayentaTrouble({
			what: `The metric ${metric} has a customFilter, which Kayenta does not read any more`,
			next: 'Name it customInlineTemplate',
		});
	if (resourceType === '' || customFilterTemplate !== '' || customInlineTemplate !== '') return;
	throw kayentaTrouble({
		what: `The metric ${metric} is asked for by machines: resourceType ${resourceType}`,
		why: 'pods are compared here',
		next: `Take its resourceType away, or give it a customInlineTemplate such as pod=~"\${scope}"`,
	});
}

function templateOf(metric: string, {customInlineTemplate, customFilterTemplate}: KayentaQuery, templates: Given['templates']): string {
	if (customInlineTemplate !== '' || customFilterTemplate === '') return customInlineTemplate;
	const found = Object.hasOwn(templates, customFilterTemplate) ? templates[customFilterTemplate] : undefined;
	if (found !== undefined) return found;
	const names = Object.keys(templates);
	throw kayentaTrouble({
		what: `The metric ${metric} uses the template ${customFilterTemplate}, which the config does not have`,
		why: names.length === 0 ? 'it has no templates' : `its templates are ${names.join(', ')}`,
		next: 'Correct its customFilterTemplate',
	});
}

function meanOf(metric: string, {metricName, labelBindings, groupByFields}: KayentaQuery, filter: string): string {
	if (metricName === '')
		throw kayentaTrouble({
			what: `The metric ${metric} has no metricName`,
			next: 'Name it, or give it a customInlineTemplate that begins with PromQL:',
		});
	const own = filter === '' ? ['pod=~"{{pods}}"', 'namespace="{{namespace}}"'] : [filter];
	const by = groupByFields.length === 0 ? '' : ` by (${groupByFields.join(',')})`;
	return `avg(${metricName}{${[...own, ...labelBindings].join(',')}})${by}`;
}
