import {readKubeSchema} from '../../../core/diff/kube-schema.ts';
import {kubeSchemaJson} from '../../../core/generated/kube-schema.ts';

/** The schema of Kubernetes' own kinds. Import it lazily: reading the table takes milliseconds that `--help` should not pay. */
export const kubeSchema = readKubeSchema(kubeSchemaJson);
