"""The main screen: panes for sources, text, facts and search, and the controllers behind them."""
