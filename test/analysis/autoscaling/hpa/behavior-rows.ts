import type {GivenRules, Policy} from '../../../../src/analysis/autoscaling/hpa/behavior.ts';

/** Facts of tables in pkg/controller/podautoscaler/horizontal_test.go of kubernetes 1.36.3. Times are seconds from now. */
type Dated = readonly [value: number, seconds: number];

/** TestScalingWithRules. */
export const rateRows: readonly {
	readonly current: number;
	readonly desired: number;
	readonly min: number;
	readonly max: number;
	readonly ups?: readonly Dated[];
	readonly downs?: readonly Dated[];
	readonly scaleUp?: GivenRules;
	readonly scaleDown?: GivenRules;
	readonly expected: number;
	readonly reason: string;
}[] = [
	{current: 5, desired: 7, min: 3, max: 8, expected: 7, reason: 'DesiredWithinRange'},
	{current: 3, desired: 1, min: 2, max: 8, expected: 2, reason: 'TooFewReplicas'},
	{current: 1, desired: 0, min: 0, max: 10, expected: 0, reason: 'DesiredWithinRange'},
	{current: 20, desired: 1000, min: 1, max: 10, expected: 10, reason: 'TooManyReplicas'},
	{current: 100, desired: 1000, min: 100, max: 150, expected: 150, reason: 'TooManyReplicas'},
	{
		current: 3,
		desired: 1000,
		min: 1,
		max: 2000,
		scaleUp: {policies: [{periodSeconds: 60, type: 'Percent', value: 1}], selectPolicy: 'Max', stabilizationWindowSeconds: 0},
		expected: 4,
		reason: 'ScaleUpLimit',
	},
	{
		current: 1000,
		desired: 3,
		min: 3,
		max: 2000,
		scaleDown: {policies: [{periodSeconds: 60, type: 'Pods', value: 20}], selectPolicy: 'Max', stabilizationWindowSeconds: 0},
		expected: 980,
		reason: 'ScaleDownLimit',
	},
	{current: 10, desired: 50, min: 1, max: 1000, expected: 20, reason: 'ScaleUpLimit'},
	{
		current: 10,
		desired: 500,
		min: 1,
		max: 1000,
		scaleUp: {
			policies: [
				{periodSeconds: 60, type: 'Pods', value: 100},
				{periodSeconds: 60, type: 'Percent', value: 100},
			],
			selectPolicy: 'Max',
			stabilizationWindowSeconds: 0,
		},
		expected: 110,
		reason: 'ScaleUpLimit',
	},
	{
		current: 10,
		desired: 500,
		min: 1,
		max: 1000,
		scaleUp: {
			policies: [
				{periodSeconds: 60, type: 'Pods', value: 2},
				{periodSeconds: 60, type: 'Percent', value: 100},
			],
			selectPolicy: 'Max',
			stabilizationWindowSeconds: 0,
		},
		expected: 20,
		reason: 'ScaleUpLimit',
	},
	{
		current: 10,
		desired: 50,
		min: 1,
		max: 1000,
		scaleUp: {policies: [{periodSeconds: 60, type: 'Pods', value: 100}], selectPolicy: 'Max', stabilizationWindowSeconds: 0},
		expected: 50,
		reason: 'DesiredWithinRange',
	},
	{
		current: 10,
		desired: 50,
		min: 1,
		max: 1000,
		scaleUp: {policies: [{periodSeconds: 60, type: 'Pods', value: 10000}], selectPolicy: 'Max', stabilizationWindowSeconds: 0},
		expected: 50,
		reason: 'DesiredWithinRange',
	},
	{
		current: 10,
		desired: 50,
		min: 1,
		max: 1000,
		scaleUp: {policies: [{periodSeconds: 60, type: 'Pods', value: 30}], selectPolicy: 'Max', stabilizationWindowSeconds: 0},
		expected: 40,
		reason: 'ScaleUpLimit',
	},
	{
		current: 10,
		desired: 50,
		min: 1,
		max: 1000,
		scaleUp: {policies: [{periodSeconds: 60, type: 'Percent', value: 200}], selectPolicy: 'Max', stabilizationWindowSeconds: 0},
		expected: 30,
		reason: 'ScaleUpLimit',
	},
	{
		current: 100,
		desired: 2,
		min: 1,
		max: 1000,
		scaleDown: {
			policies: [
				{periodSeconds: 60, type: 'Pods', value: 20},
				{periodSeconds: 60, type: 'Percent', value: 1},
			],
			selectPolicy: 'Max',
			stabilizationWindowSeconds: 300,
		},
		expected: 80,
		reason: 'ScaleDownLimit',
	},
	{
		current: 100,
		desired: 2,
		min: 1,
		max: 1000,
		scaleDown: {
			policies: [
				{periodSeconds: 60, type: 'Pods', value: 2},
				{periodSeconds: 60, type: 'Percent', value: 1},
			],
			selectPolicy: 'Max',
			stabilizationWindowSeconds: 300,
		},
		expected: 98,
		reason: 'ScaleDownLimit',
	},
	{
		current: 10,
		desired: 0,
		min: 1,
		max: 1000,
		scaleDown: {policies: [{periodSeconds: 60, type: 'Pods', value: 100}], selectPolicy: 'Max', stabilizationWindowSeconds: 300},
		expected: 1,
		reason: 'TooFewReplicas',
	},
	{
		current: 10,
		desired: 0,
		min: 1,
		max: 1000,
		scaleDown: {policies: [{periodSeconds: 60, type: 'Pods', value: 100}], selectPolicy: 'Max', stabilizationWindowSeconds: 300},
		expected: 1,
		reason: 'TooFewReplicas',
	},
	{
		current: 10,
		desired: 2,
		min: 5,
		max: 1000,
		scaleDown: {policies: [{periodSeconds: 60, type: 'Percent', value: 100}], selectPolicy: 'Max', stabilizationWindowSeconds: 300},
		expected: 5,
		reason: 'TooFewReplicas',
	},
	{
		current: 10,
		desired: 2,
		min: 1,
		max: 1000,
		scaleDown: {policies: [{periodSeconds: 60, type: 'Pods', value: 5}], selectPolicy: 'Max', stabilizationWindowSeconds: 300},
		expected: 5,
		reason: 'ScaleDownLimit',
	},
	{
		current: 10,
		desired: 5,
		min: 1,
		max: 1000,
		scaleDown: {policies: [{periodSeconds: 60, type: 'Percent', value: 50}], selectPolicy: 'Max', stabilizationWindowSeconds: 300},
		expected: 5,
		reason: 'DesiredWithinRange',
	},
	{
		current: 100,
		desired: 500,
		min: 1,
		max: 200,
		ups: [
			[1, -100],
			[5, -60],
			[9, -20],
		],
		scaleUp: {policies: [{periodSeconds: 60, type: 'Pods', value: 300}], selectPolicy: 'Max', stabilizationWindowSeconds: 0},
		expected: 200,
		reason: 'TooManyReplicas',
	},
	{
		current: 100,
		desired: 500,
		min: 1,
		max: 200,
		ups: [
			[1, -100],
			[5, -60],
			[9, -20],
		],
		scaleUp: {policies: [{periodSeconds: 60, type: 'Percent', value: 10000}], selectPolicy: 'Max', stabilizationWindowSeconds: 0},
		expected: 200,
		reason: 'TooManyReplicas',
	},
	{
		current: 100,
		desired: 500,
		min: 1,
		max: 1000,
		ups: [
			[1, -100],
			[5, -60],
			[9, -20],
		],
		scaleUp: {policies: [{periodSeconds: 120, type: 'Pods', value: 5}], selectPolicy: 'Max', stabilizationWindowSeconds: 0},
		expected: 100,
		reason: 'ScaleUpLimit',
	},
	{
		current: 100,
		desired: 500,
		min: 1,
		max: 1000,
		ups: [
			[1, -100],
			[5, -60],
			[9, -20],
		],
		scaleUp: {policies: [{periodSeconds: 120, type: 'Pods', value: 150}], selectPolicy: 'Max', stabilizationWindowSeconds: 0},
		expected: 235,
		reason: 'ScaleUpLimit',
	},
	{
		current: 100,
		desired: 500,
		min: 1,
		max: 1000,
		ups: [
			[1, -100],
			[5, -60],
			[9, -20],
		],
		scaleUp: {policies: [{periodSeconds: 120, type: 'Percent', value: 200}], selectPolicy: 'Max', stabilizationWindowSeconds: 0},
		expected: 255,
		reason: 'ScaleUpLimit',
	},
	{
		current: 6,
		desired: 24,
		min: 1,
		max: 1000,
		ups: [[4, -60]],
		downs: [[2, -60]],
		scaleUp: {policies: [{periodSeconds: 300, type: 'Percent', value: 300}], selectPolicy: 'Max', stabilizationWindowSeconds: 0},
		expected: 16,
		reason: 'ScaleUpLimit',
	},
	{
		current: 10,
		desired: 5,
		min: 1,
		max: 1000,
		downs: [
			[1, -100],
			[5, -60],
			[9, -20],
		],
		expected: 5,
		reason: 'DesiredWithinRange',
	},
	{
		current: 100,
		desired: 0,
		min: 1,
		max: 1000,
		downs: [
			[1, -100],
			[5, -60],
			[9, -20],
		],
		scaleDown: {policies: [{periodSeconds: 120, type: 'Pods', value: 115}], selectPolicy: 'Max', stabilizationWindowSeconds: 300},
		expected: 1,
		reason: 'TooFewReplicas',
	},
	{
		current: 100,
		desired: 0,
		min: 5,
		max: 1000,
		downs: [
			[1, -100],
			[5, -60],
			[9, -20],
		],
		scaleDown: {policies: [{periodSeconds: 120, type: 'Pods', value: 130}], selectPolicy: 'Max', stabilizationWindowSeconds: 300},
		expected: 5,
		reason: 'TooFewReplicas',
	},
	{
		current: 100,
		desired: 2,
		min: 5,
		max: 1000,
		downs: [
			[1, -100],
			[5, -60],
			[9, -20],
		],
		scaleDown: {policies: [{periodSeconds: 120, type: 'Percent', value: 100}], selectPolicy: 'Max', stabilizationWindowSeconds: 300},
		expected: 5,
		reason: 'TooFewReplicas',
	},
	{
		current: 100,
		desired: 2,
		min: 1,
		max: 1000,
		downs: [
			[1, -100],
			[5, -60],
			[9, -20],
		],
		scaleDown: {policies: [{periodSeconds: 120, type: 'Pods', value: 5}], selectPolicy: 'Max', stabilizationWindowSeconds: 300},
		expected: 100,
		reason: 'ScaleDownLimit',
	},
	{
		current: 100,
		desired: 0,
		min: 1,
		max: 1000,
		downs: [
			[2, -100],
			[4, -60],
			[6, -20],
		],
		scaleDown: {policies: [{periodSeconds: 120, type: 'Percent', value: 50}], selectPolicy: 'Max', stabilizationWindowSeconds: 300},
		expected: 56,
		reason: 'ScaleDownLimit',
	},
	{
		current: 10,
		desired: 1,
		min: 1,
		max: 1000,
		ups: [[2, -60]],
		downs: [[4, -60]],
		scaleDown: {policies: [{periodSeconds: 180, type: 'Percent', value: 50}], selectPolicy: 'Max', stabilizationWindowSeconds: 0},
		expected: 6,
		reason: 'ScaleDownLimit',
	},
	{
		current: 100,
		desired: 0,
		min: 1,
		max: 1000,
		downs: [
			[10, -100],
			[10, -60],
			[10, -20],
		],
		scaleDown: {policies: [{periodSeconds: 120, type: 'Percent', value: 10}], selectPolicy: 'Max', stabilizationWindowSeconds: 300},
		expected: 100,
		reason: 'ScaleDownLimit',
	},
	{
		current: 10,
		desired: 5,
		min: 1,
		max: 1000,
		downs: [
			[10, -100],
			[10, -60],
			[10, -20],
		],
		scaleDown: {policies: [{periodSeconds: 120, type: 'Percent', value: 1000}], selectPolicy: 'Max', stabilizationWindowSeconds: 300},
		expected: 5,
		reason: 'DesiredWithinRange',
	},
	{
		current: 100,
		desired: 200,
		min: 1,
		max: 1000,
		ups: [
			[8, -105],
			[12, -75],
			[9, -45],
			[11, -15],
		],
		scaleUp: {policies: [{periodSeconds: 60, type: 'Pods', value: 1000}], selectPolicy: 'Max', stabilizationWindowSeconds: 0},
		expected: 200,
		reason: 'DesiredWithinRange',
	},
	{
		current: 100,
		desired: 200,
		min: 1,
		max: 1000,
		ups: [
			[8, -105],
			[12, -75],
			[9, -45],
			[11, -15],
		],
		scaleUp: {
			policies: [
				{periodSeconds: 120, type: 'Pods', value: 1000},
				{periodSeconds: 60, type: 'Percent', value: 100},
			],
			selectPolicy: 'Max',
			stabilizationWindowSeconds: 0,
		},
		expected: 200,
		reason: 'DesiredWithinRange',
	},
	{
		current: 100,
		desired: 200,
		min: 1,
		max: 1000,
		ups: [
			[8, -105],
			[12, -75],
			[9, -45],
			[11, -15],
		],
		scaleUp: {
			policies: [
				{periodSeconds: 30, type: 'Pods', value: 1000},
				{periodSeconds: 60, type: 'Percent', value: 100},
			],
			selectPolicy: 'Max',
			stabilizationWindowSeconds: 0,
		},
		expected: 200,
		reason: 'DesiredWithinRange',
	},
	{
		current: 100,
		desired: 5,
		min: 1,
		max: 1000,
		downs: [
			[8, -105],
			[12, -75],
			[9, -45],
			[11, -15],
		],
		scaleDown: {policies: [{periodSeconds: 60, type: 'Pods', value: 1000}], selectPolicy: 'Max', stabilizationWindowSeconds: 300},
		expected: 5,
		reason: 'DesiredWithinRange',
	},
	{
		current: 100,
		desired: 5,
		min: 1,
		max: 1000,
		downs: [
			[8, -105],
			[12, -75],
			[9, -45],
			[11, -15],
		],
		scaleDown: {
			policies: [
				{periodSeconds: 120, type: 'Pods', value: 1000},
				{periodSeconds: 60, type: 'Percent', value: 100},
			],
			selectPolicy: 'Max',
			stabilizationWindowSeconds: 300,
		},
		expected: 5,
		reason: 'DesiredWithinRange',
	},
	{
		current: 100,
		desired: 5,
		min: 1,
		max: 1000,
		downs: [
			[8, -105],
			[12, -75],
			[9, -45],
			[11, -15],
		],
		scaleDown: {
			policies: [
				{periodSeconds: 30, type: 'Pods', value: 1000},
				{periodSeconds: 60, type: 'Percent', value: 100},
			],
			selectPolicy: 'Max',
			stabilizationWindowSeconds: 300,
		},
		expected: 5,
		reason: 'DesiredWithinRange',
	},
];

/** TestNormalizeDesiredReplicas: a window of five minutes, and how many recommendations are kept. */
export const stableRows: readonly {
	readonly past: readonly Dated[];
	readonly desired: number;
	readonly expected: number;
	readonly kept: number;
}[] = [
	{past: [], desired: 5, expected: 5, kept: 1},
	{
		past: [
			[4, -120],
			[5, -60],
		],
		desired: 3,
		expected: 5,
		kept: 3,
	},
	{
		past: [
			[1, -120],
			[2, -60],
		],
		desired: 3,
		expected: 3,
		kept: 3,
	},
	{
		past: [
			[10, -600],
			[9, -540],
		],
		desired: 3,
		expected: 3,
		kept: 2,
	},
	{
		past: [
			[10, -600],
			[4, -60],
			[5, -120],
			[9, -540],
		],
		desired: 3,
		expected: 5,
		kept: 4,
	},
];

/** TestNormalizeDesiredReplicasWithBehavior: windows up and down, and which recommendations are kept. */
export const windowRows: readonly {
	readonly past: readonly Dated[];
	readonly up: number;
	readonly down: number;
	readonly current: number;
	readonly desired: number;
	readonly expected: number;
	readonly kept?: readonly number[];
}[] = [
	{past: [], up: 0, down: 0, current: 100, desired: 5, expected: 5, kept: [5]},
	{
		past: [
			[4, -120],
			[5, -60],
		],
		up: 0,
		down: 180,
		current: 100,
		desired: 3,
		expected: 5,
		kept: [4, 5, 3],
	},
	{
		past: [
			[4, -120],
			[5, -60],
		],
		up: 300,
		down: 0,
		current: 1,
		desired: 7,
		expected: 4,
		kept: [4, 5, 7],
	},
	{
		past: [
			[1, -120],
			[2, -60],
		],
		up: 300,
		down: 0,
		current: 100,
		desired: 3,
		expected: 3,
		kept: [1, 2, 3],
	},
	{
		past: [
			[4, -120],
			[5, -60],
		],
		up: 0,
		down: 300,
		current: 1,
		desired: 3,
		expected: 3,
		kept: [4, 5, 3],
	},
	{
		past: [
			[10, -600],
			[9, -540],
		],
		up: 0,
		down: 0,
		current: 100,
		desired: 3,
		expected: 3,
		kept: [10, 3],
	},
	{
		past: [
			[10, -600],
			[9, -540],
		],
		up: 0,
		down: 0,
		current: 1,
		desired: 100,
		expected: 100,
		kept: [10, 100],
	},
	{
		past: [
			[10, -600],
			[4, -60],
			[5, -120],
			[9, -540],
		],
		up: 0,
		down: 180,
		current: 100,
		desired: 3,
		expected: 5,
		kept: [10, 4, 5, 3],
	},
	{
		past: [
			[10, -6000],
			[6, -60],
			[5, -120],
			[9, -180],
		],
		up: 300,
		down: 0,
		current: 1,
		desired: 100,
		expected: 5,
		kept: [100, 6, 5, 9],
	},
	{
		past: [
			[2, -6000],
			[3, -180],
		],
		up: 300,
		down: 300,
		current: 2,
		desired: 1,
		expected: 2,
	},
	{
		past: [
			[2, -6000],
			[1, -180],
		],
		up: 300,
		down: 300,
		current: 2,
		desired: 3,
		expected: 2,
	},
];

/** TestStoreScaleEvents: a change by five; what counted in the minute before, and what is kept with whether it is outdated. */
export const eventRows: readonly {
	readonly before: readonly Dated[];
	readonly policies?: readonly Policy[];
	readonly expected: number;
	readonly after: readonly (readonly [change: number, isOutdated: boolean])[];
}[] = [
	{before: [], expected: 0, after: []},
	{
		before: [],
		policies: [
			{periodSeconds: 60, type: 'Pods', value: 10},
			{periodSeconds: 60, type: 'Percent', value: 100},
		],
		expected: 0,
		after: [[5, false]],
	},
	{before: [[7, -61]], expected: 0, after: [[7, false]]},
	{
		before: [[7, -61]],
		policies: [
			{periodSeconds: 60, type: 'Pods', value: 10},
			{periodSeconds: 60, type: 'Percent', value: 100},
		],
		expected: 0,
		after: [[5, false]],
	},
	{
		before: [[7, -58]],
		policies: [
			{periodSeconds: 60, type: 'Pods', value: 10},
			{periodSeconds: 60, type: 'Percent', value: 100},
		],
		expected: 7,
		after: [
			[7, false],
			[5, false],
		],
	},
	{
		before: [
			[7, -61],
			[6, -59],
		],
		policies: [{periodSeconds: 60, type: 'Pods', value: 10}],
		expected: 6,
		after: [
			[5, false],
			[6, false],
		],
	},
	{
		before: [
			[8, -29],
			[6, -59],
			[7, -61],
			[9, -61],
		],
		policies: [
			{periodSeconds: 60, type: 'Pods', value: 10},
			{periodSeconds: 30, type: 'Percent', value: 100},
		],
		expected: 14,
		after: [
			[8, false],
			[6, false],
			[7, true],
			[5, false],
		],
	},
	{
		before: [
			[7, -58],
			[6, -59],
		],
		policies: [
			{periodSeconds: 120, type: 'Pods', value: 10},
			{periodSeconds: 30, type: 'Percent', value: 100},
		],
		expected: 13,
		after: [
			[7, false],
			[6, false],
			[5, false],
		],
	},
];
