import {expect, test} from 'vitest';
import {averageReplicas, type PodReading, utilizationReplicas} from '../../../../src/analysis/autoscaling/hpa/pod-replicas.ts';
import type {PodMetric, ScaledPod} from '../../../../src/analysis/autoscaling/hpa/scaled-pod.ts';
import {defaultSettings} from '../../../../src/analysis/autoscaling/hpa/settings.ts';
import {externalTotal, sharedValueReplicas, valueReplicas} from '../../../../src/analysis/autoscaling/hpa/total-replicas.ts';
import {type MetricRow, metricRows, type ResourceRow, resourceRows} from './calculator-rows.ts';

const nowMs = Date.UTC(2026, 0, 1);
/** Pods of these tables that name no start began in the year 1. */
const longAgo = Date.parse('0001-01-01T00:00:00Z');
const settings = {...defaultSettings, cpuInitializationMs: 120_000, initialReadinessMs: 10_000};

const podsOf = (row: ResourceRow | MetricRow): readonly ScaledPod[] =>
	Array.from({length: Math.max(row.current, row.phases?.length ?? 0)}, (_, at) => {
		const started = row.startedSeconds?.[at];
		const request = 'requests' in row ? row.requests[at] : undefined;
		const requests = 'resource' in row && request !== undefined ? {[row.resource]: request} : {};
		return {
			name: `test-pod-${at}`,
			phase: row.phases?.[at] ?? 'Running',
			isDeleted: row.deleted?.[at] ?? false,
			startedMs: started === undefined ? longAgo : nowMs + started * 1000,
			ready: {status: row.ready?.[at] ?? 'True', sinceMs: longAgo},
			containers: [
				{name: 'container1', requests},
				{name: 'container2', requests},
			],
		};
	});

function readingOf(row: ResourceRow | MetricRow, values: readonly (number | undefined)[], names: readonly string[] = []): PodReading {
	const atMs = row.measuredSeconds === undefined ? longAgo : nowMs + row.measuredSeconds * 1000;
	const metrics = new Map<string, PodMetric>();
	for (const [at, value] of values.entries())
		if (value !== undefined) metrics.set(names[at] ?? `test-pod-${at}`, {value, atMs, windowMs: 60_000});
	const tolerances = row.tolerances ?? {down: 0.1, up: 0.1};
	const resource = 'resource' in row ? row.resource : '';
	return {currentReplicas: row.current, pods: podsOf(row), metrics, resource, tolerances, settings, nowMs};
}

/** A pod of which one container was not measured has no value, unless another container is asked for. */
function levelOf(level: number | readonly number[], container: string | undefined): number | undefined {
	const each = typeof level === 'number' ? [level, level] : level;
	if (container !== undefined) return each[Number(container.slice(-1)) - 1];
	return each.length === 2 ? each.reduce((sum, value) => sum + value, 0) : undefined;
}

test.each(resourceRows)('$test', row => {
	const {levels, container, target, names, expected} = row;
	const reading = readingOf(
		row,
		levels.map(level => levelOf(level, container)),
		names,
	);
	const found = utilizationReplicas(reading, target, container);
	if (reading.metrics.size > 0) expect(found).toEqual(expected);
	// The metrics API itself fails where it has none: there is no calculation then.
	else expect(expected).toEqual({failure: expect.stringContaining('no metrics returned from resource metrics API')});
});

test.each(metricRows)('$test', row => {
	const {kind, levels, target, current, expected} = row;
	const {tolerances, pods} = readingOf(row, []);
	const total = externalTotal(levels);
	const found = {
		pods: () => averageReplicas(readingOf(row, levels), target),
		object: () => valueReplicas(current, total, target, tolerances, pods),
		external: () => valueReplicas(current, total, target, tolerances, pods),
		objectAverage: () => sharedValueReplicas(current, total, target, tolerances),
		externalAverage: () => sharedValueReplicas(current, total, target, tolerances),
	}[kind]();
	expect(found).toEqual(expected);
});
