import {expect, test} from 'vitest';
import {serviceFaults} from '../../../src/analysis/detection/analyzers/service/service-faults.ts';
import {detect} from '../../../src/analysis/detection/detect.ts';
import {faultClasses} from '../../../src/analysis/diagnosis/classes/fault-classes.ts';
import {surveyIn} from './cluster-in-yaml.ts';

test('an analyzer that fails costs no other its faults, and what it would have told is called not checked', () => {
	const survey = surveyIn(`
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}`);
	const endless = (): never => {
		throw new RangeError('Maximum call stack size exceeded at secret-of-somebody');
	};
	const {incidents, notChecked} = detect(survey, {tls: endless, service: serviceFaults});
	expect(incidents.map(({cause}) => cause.id)).toEqual(['selector-fits-no-pod']);
	expect(notChecked).toEqual([
		{
			what: 'tls faults',
			why: 'looking for them failed, which is a mistake of mkcoa (RangeError)',
			classes: [...faultClasses].flatMap(([id, {family}]) => (family === 'tls' ? [id] : [])),
		},
	]);
	expect(notChecked[0]?.classes).toContain('certificate-chain-incomplete');
});
