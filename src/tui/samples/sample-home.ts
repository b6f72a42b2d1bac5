import type {Home} from '../home/home-rows.ts';
import {sampleFindings} from './sample-findings.ts';

export const sampleHome: Home = {
	contexts: {
		state: 'known',
		rows: [
			{name: 'prod', isShown: true, health: 'bad', text: '12 of 12 nodes, 337 of 340 pods ready'},
			{name: 'staging', isShown: false, health: 'good', text: '3 of 3 nodes, 58 of 58 pods ready'},
			{name: '개발', isShown: false, health: 'unknown', text: 'did not answer within 2 s'},
		],
	},
	rollouts: {
		state: 'known',
		rows: [
			{
				namespace: 'shop',
				name: 'web',
				text: 'Canary of shop/web, step 3 of 9: judge 25 %',
				state: 'running',
				startedAt: '2025-12-31T23:51:00Z',
			},
		],
	},
	waiting: {
		state: 'known',
		rows: [{id: '7k2p', summary: 'Update shop/web to image 1.43.0 with 5 replicas', risk: 'medium', savedAt: '2025-12-31T23:20:00Z'}],
	},
	findings: {state: 'known', rows: sampleFindings.findings},
	changes: {
		state: 'known',
		rows: [
			{id: '7k2q', summary: 'Scale shop/cart to 6 replicas', end: 'done', startedAt: '2025-12-31T22:10:00Z'},
			{id: '7k2m', summary: 'Set image of shop/web to 1.42.1', end: 'undone', startedAt: '2025-12-31T20:00:00Z'},
		],
	},
};

export const emptyHome: Home = {
	contexts: {state: 'known', rows: []},
	rollouts: {state: 'reading'},
	waiting: {state: 'known', rows: []},
	findings: {state: 'failed', why: 'prod did not answer: check the VPN, or name another cluster with --context'},
	changes: {state: 'known', rows: []},
};
