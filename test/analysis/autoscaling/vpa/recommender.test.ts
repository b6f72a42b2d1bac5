import {expect, test} from 'vitest';
import {
	type Aggregate,
	byContainerName,
	emptyAggregate,
	loadedAggregate,
	savedAggregate,
} from '../../../../src/analysis/autoscaling/vpa/aggregate.ts';
import {addCpuSample, addMemorySample, newContainer, recordOom} from '../../../../src/analysis/autoscaling/vpa/container-usage.ts';
import {recommendContainers} from '../../../../src/analysis/autoscaling/vpa/recommend.ts';
import {recommenderRows} from './recommender-rows.ts';

const recommended = (aggregates: ReadonlyMap<string, Aggregate>) =>
	Object.fromEntries(
		recommendContainers(aggregates).map(({name, lower, target, upper}) => [
			name,
			[lower.cpu, target.cpu, upper.cpu, lower.memory, target.memory, upper.memory],
		]),
	);

test.each(recommenderRows)('the recommender from sample to recommendation ($#)', ({startMs, names, steps, ...expected}) => {
	const parts = names.map(name => ({name, aggregate: emptyAggregate(startMs)}));
	const containers = parts.map(({aggregate}) => newContainer(aggregate));
	const add = {cpu: addCpuSample, memory: addMemorySample, oom: recordOom};
	const counted = steps.map(([at, kind, amount, ms]) => {
		const container = containers[at];
		return container !== undefined && add[kind](container, amount, startMs + ms);
	});
	expect(counted).toEqual(steps.map(([, , , , counts]) => counts));
	const merged = byContainerName(parts);
	const loaded = new Map([...merged].map(([name, aggregate]) => [name, loadedAggregate(savedAggregate(aggregate), startMs)]));
	expect({recommended: recommended(merged), loaded: recommended(loaded)}).toEqual(expected);
});
