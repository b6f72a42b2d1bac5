import {parseAllDocuments} from 'yaml';
import {type Survey, surveyOf} from '../../../src/analysis/detection/survey.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';

/** Objects as YAML writes them, several with `---` between; they live in namespace shop where they do not say otherwise and are not of the cluster. */
const objectsOf = (yaml: string): readonly KubeObject[] =>
	// What a test writes is taken for the object that it looks like.
	parseAllDocuments(yaml).map(document => document.toJS() as KubeObject);

export const surveyOfYaml = (yaml: string): Survey => surveyOf({takenAt: '2026-11-27T12:00:00.000Z', objects: objectsOf(yaml), unread: []});
