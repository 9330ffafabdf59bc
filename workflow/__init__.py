"""The engine: steps, approvals, drafts, clocks, deadlines, generic pages and API. No police word in it."""
