import {foundation} from './foundation.ts';
import {days, type Scenario} from './scenario.ts';

export const empty: Scenario = {
	summary: 'Three nodes, the system namespaces, and nothing of yours',
	history: [{agoMs: days(30), objects: foundation()}],
};
