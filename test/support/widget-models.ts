import type { ModelsView, ModelView } from '../../src/protocol';

function model(name: string, title: string, more: Partial<ModelView> = {}): ModelView {
  return {
    name,
    title,
    licence: 'Apache-2.0',
    ready: false,
    downloadBytes: null,
    peakMiB: 900,
    secondsPerFrame: 1.2,
    caution: null,
    offersFast: name === 'mobilesam',
    ...more,
  };
}

/** A machine with the embedded model, one that was fetched, one on its way, and others to fetch. */
export const modelsView: ModelsView = {
  entries: [
    model('mobilesam', 'MobileSAM', { ready: true }),
    model('edgetam', 'EdgeTAM', { ready: true, downloadBytes: 56_116_523, peakMiB: 650, secondsPerFrame: 1 }),
    model('sam2.1_hiera_tiny', 'SAM 2.1 tiny', {
      downloadBytes: 156_008_466,
      peakMiB: 1500,
      secondsPerFrame: 6.1,
    }),
    model('sam2.1_hiera_large', 'SAM 2.1 large', {
      downloadBytes: 898_083_611,
      peakMiB: 3800,
      secondsPerFrame: 16,
    }),
    model('edgetam_512', 'EdgeTAM, 512 pixels', {
      downloadBytes: 56_116_523,
      peakMiB: 400,
      secondsPerFrame: 0.3,
      caution:
        'Runs at 512 pixels, for which these weights were not trained: quicker, and its quality has not been measured.',
    }),
  ],
  adding: { name: 'sam2.1_hiera_tiny', stage: 'downloading', share: 0.43 },
};
